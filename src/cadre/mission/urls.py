"""Addresses of missions, organisations, sites, posts and people."""

from django.urls import URLPattern

app_name = "mission"
urlpatterns: list[URLPattern] = []
