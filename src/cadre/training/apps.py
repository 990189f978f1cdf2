from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "cadre.training"
    label = "training"
    verbose_name = "Courses, sessions and who teaches them"
