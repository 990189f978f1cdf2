from django.urls import path

from cadre.alerts.views import browsers, contacts, health, ladders, own, reading, writing

app_name = "alerts"
urlpatterns = [
    path("alerts/", reading.alerts, name="alerts"),
    path("alerts/new/", writing.where, name="where"),
    path("alerts/answers/", health.stray_list, name="strays"),
    path("alerts/answers/<uuid:row>/", health.settle, name="settle"),
    path("alerts/<uuid:row>/", reading.alert, name="alert"),
    path("alerts/<uuid:row>/again/", writing.again, name="again"),
    path("alerts/<uuid:row>/<slug:phase>/", writing.follow, name="follow"),
    path("missions/<code:mission>/alerts/new/", writing.compose, name="compose"),
    path("missions/<code:mission>/ladders/", ladders.ladders, name="ladders"),
    path("missions/<code:mission>/ladders/change/", ladders.ladder, name="ladder"),
    path("missions/<code:mission>/reach/", contacts.of_mission, name="reach"),
    path("missions/<code:mission>/deputies/new/", contacts.deputy, name="deputy"),
    path("messages/", own.own, name="own"),
    path("messages/how/", contacts.how, name="how"),
    path("messages/how/quiet/", contacts.quiet, name="quiet"),
    path("messages/how/subscribe/", contacts.subscribe, name="subscribe"),
    path("messages/how/devices/", browsers.keep, name="keep_browser"),
    path("messages/how/devices/<uuid:row>/drop/", browsers.drop, name="drop_browser"),
    path("messages/worker.js", browsers.worker, name="push_worker"),
    path("messages/<uuid:row>/", own.message, name="message"),
    path("messages/<uuid:row>/acknowledge/", own.acknowledge, name="acknowledge"),
    path("acknowledge/<str:token>/", own.by_link, name="by_link"),
    path("people/<code:person>/contacts/", contacts.of_person, name="contacts"),
    path("people/<code:person>/contacts/new/", contacts.add, name="add_contact"),
    path("contacts/<uuid:row>/verify/", contacts.verify, name="verify"),
    path("contacts/<uuid:row>/ask/", contacts.ask, name="ask"),
    path("contacts/<uuid:row>/drop/", contacts.drop, name="drop"),
    path("channels/", health.channels, name="channels"),
    path("channels/test/", health.test, name="test"),
    path("channels/outbox/", health.outbox, name="outbox"),
    path("heartbeat/", health.heartbeat, name="heartbeat"),
    path("gateway/receipts/", health.receipts, name="receipts"),
]
