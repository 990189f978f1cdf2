from django.urls import path, register_converter

from cadre.directives.views import issuing, reading, receiving, restarting, reviewing, stopping
from cadre.record.converters import Name

register_converter(Name, "number")

app_name = "directives"
urlpatterns = [
    path("posture/", reading.posture, name="posture"),
    path("directives/", reading.directives, name="directives"),
    path("directives/drafts/", issuing.drafts, name="drafts"),
    path("directives/drafts/<uuid:row>/edit/", issuing.edit, name="edit_draft"),
    path("directives/drafts/<uuid:row>/sign/", issuing.sign, name="sign"),
    path("directives/drafts/<uuid:row>/drop/", issuing.drop, name="drop_draft"),
    path("missions/<code:mission>/directives/new/", issuing.compose, name="compose"),
    path("conditions/<uuid:row>/evidence/", restarting.evidence, name="evidence"),
    path("conditions/<uuid:row>/decide/", restarting.assess, name="assess"),
    path("proposals/<number:number>/lift/", restarting.lift, name="lift"),
    path("proposals/<number:number>/end/", restarting.end_proposal, name="end_proposal"),
    path("proposals/<number:number>/", restarting.proposal, name="proposal"),
    path(
        "directives/<number:number>/conditions/new/",
        restarting.new_condition,
        name="new_condition",
    ),
    path("stop/<str:secret>/", stopping.on_the_spot, name="on_the_spot"),
    path("directives/stop/", stopping.where, name="stopping"),
    path("missions/<code:mission>/sisters/", receiving.beside, name="sisters"),
    path("directives/<number:number>/received/", receiving.receive, name="receive"),
    path("missions/<code:mission>/stop/", stopping.stop, name="stop"),
    path("missions/<code:mission>/passes/", stopping.pass_list, name="passes"),
    path("passes/<uuid:row>/revoke/", stopping.revoke, name="revoke_pass"),
    path("directives/<number:number>/confirm/", stopping.confirm, name="confirm"),
    path("reviews/", reviewing.due, name="reviews"),
    path("missions/<code:mission>/rhythm/", reviewing.rhythm, name="rhythm"),
    path("directives/<number:number>/review/", reviewing.review, name="review"),
    path("directives/<number:number>/order/", reading.order, name="order"),
    path("directives/<number:number>/propose/", restarting.propose, name="propose"),
    path("directives/<number:number>/", reading.directive, name="directive"),
]
