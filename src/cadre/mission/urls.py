"""Addresses of missions, organisations, sites, posts and people."""

from django.urls import path, register_converter

from cadre.mission.views import described, directory, files, missions


class Code:
    """A code in an address: no slash, nothing that the database could not hold."""

    regex = r"[^/\x00-\x1f]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "code")

app_name = "mission"
urlpatterns = [
    path("missions/", missions.listing, name="missions"),
    path("missions/new/", missions.found, name="mission_new"),
    path("missions/<code:code>/", missions.detail, name="mission"),
    path("missions/<code:code>/add/<slug:what>/", missions.add, name="mission_add"),
    path("host-requests/<uuid:row>/withdraw/", missions.withdraw, name="withdraw"),
    path("organisations/", directory.organisation_list, name="organisations"),
    path("organisations/<code:code>/", directory.organisation_page, name="organisation"),
    path(
        "organisations/<code:code>/memberships/new/",
        described.add_membership,
        name="membership_new",
    ),
    path("sites/", directory.site_list, name="sites"),
    path("sites/<code:code>/", directory.site_page, name="site"),
    path("posts/", directory.post_list, name="posts"),
    path("posts/<code:code>/", directory.post_page, name="post"),
    path("posts/<code:code>/hold/", described.hold, name="hold"),
    path("holdings/<uuid:row>/end/", described.end_holding, name="end_holding"),
    path("people/", directory.people_list, name="people"),
    path("import/", files.choose, name="imports"),
    path("import/<slug:kind>/", files.import_list, name="import"),
    path("import/<slug:kind>/template.<slug:form>", files.template, name="template"),
    path("export/<slug:kind>.<slug:form>", files.export, name="export"),
    path("people/<code:code>/", directory.person_page, name="person"),
]
forms = [
    route
    for kind in described.KINDS
    for route in (
        path(f"{kind}/new/", described.add, {"kind": kind}, name=f"{kind}_new"),
        path(
            f"{kind}/<code:code>/change/",
            described.change,
            {"kind": kind},
            name=f"{kind}_change",
        ),
    )
]
urlpatterns = [*forms, *urlpatterns]
