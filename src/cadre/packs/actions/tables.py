"""How each table of the format becomes rows of the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cadre.access.models import marking_values
from cadre.mission import models as mission
from cadre.mission.actions.basis import COMBAT
from cadre.mission.actions.checks import stated_values
from cadre.packs.actions.building import Loading, folded, moment_of, scope_of
from cadre.packs.pack import Row
from cadre.record import models as record
from cadre.record.actions import NewClaim, NewSource, claim_values, source_values
from cadre.record.fields import moment_values

type Values = dict[str, object]
type Build = Callable[[Row], Values]
type Prepare = Callable[[Sequence[Row], Loading], Build]


@dataclass(frozen=True, slots=True)
class Target:
    """The model of a table's rows, and what prepares for making the values of all of them."""

    model: type[record.Kept]
    prepare: Prepare


def one_by_one(build: Callable[[Row, Loading], Values]) -> Prepare:
    """For tables of which each row can be made without looking at the others."""
    return lambda _rows, loading: lambda row: build(row, loading)


def values_of(row: Row, loading: Loading, build: Build) -> Values:
    """All column values of a new row. Raises Refused where it does not fit the record."""
    values = build(row)
    if not row.table.stated:
        common: Values = {
            "pack": loading.pack.key,
            **marking_values(loading.pack.description.marking),
        }
    elif "recorded_at" in values:  # sources and claims are nobody's conclusion: they rest on none
        common = {
            "claims": [],
            "corrects_id": loading.id_or_none(row.table.name, row.text("corrects")),
        }
    else:
        common = stated_values(loading.grounds(row), by=loading.by, at=loading.at)
    return {**common, **values, "id": loading.own_id(row)}


# --- the record ----------------------------------------------------------------------------------


def source(row: Row, loading: Loading) -> Values:
    new = NewSource(
        name=row.text("name"),
        kind=row.text("kind"),
        title=row.text("title"),
        author=row.text("author"),
        publisher=row.text("publisher"),
        language=row.text("language") or loading.pack.description.language,
        published=moment_of(row, "published"),
        note=row.text("note"),
        pack=loading.pack.key,
        marking=loading.pack.description.marking,
    )
    return source_values(new, by=loading.by, at=loading.at)


def claims(_rows: Sequence[Row], loading: Loading) -> Build:
    """Claims are the many of a pack: what they share is made once."""
    pack = loading.pack
    origins = {
        name: record.Source(
            id=loading.id_of("sources", name),
            pack=pack.key,
            published=moment_of(source_row, "published"),
            **marking_values(pack.description.marking),
        )
        for (name,), source_row in pack.tables["sources"].items()
    }

    def build(row: Row) -> Values:
        origin = origins[row.text("source") or pack.description.default_source]
        values = claim_values(origin, new_claim(row), by=loading.by, at=loading.at)
        del values["source"], values["corrects"]  # by their ids: here and in `values_of`
        known_from = loading.known_from[loading.own_id(row)]
        return {**values, "source_id": origin.pk, "known_from": known_from}

    return build


def new_claim(row: Row) -> NewClaim:
    return NewClaim(
        subject=row.text("subject"),
        attribute=row.text("attribute"),
        value=row.text("value"),
        said_by=row.parts("said_by"),
        sentences=row.parts("sentences"),
        inferred=row.text("status") == "inferred",
        reasoning=row.text("reasoning"),
        summary=row.text("summary"),
        when=moment_of(row, "when"),
        precision=row.text("precision"),
        reference=row.text("reference"),
    )


def subject(row: Row, _loading: Loading) -> Values:
    return {
        "key": row.text("key"),
        "title": row.text("title"),
        "kind": row.text("kind"),
        "also": folded({*row.parts("also"), row.text("title")[:120]} - {row.text("key")}),
    }


def attribute(row: Row, _loading: Loading) -> Values:
    return {
        "key": row.text("key"),
        "several": row.cells.get("several") is True,
        "meaning": row.text("meaning"),
    }


# --- missions ------------------------------------------------------------------------------------


def organisation(row: Row, loading: Loading) -> Values:
    return {
        "code": row.text("code"),
        "name": row.text("name"),
        "kind": row.text("kind"),
        "parent_id": loading.id_or_none("organisations", row.text("parent")),
    }


def membership(row: Row, loading: Loading) -> Values:
    return {
        "organisation_id": loading.id_of("organisations", row.text("organisation")),
        "kind": row.text("kind"),
        "of_id": loading.id_of("organisations", row.text("of")),
        "since": moment_of(row, "since"),
        "until": moment_of(row, "until"),
    }


def site(row: Row, loading: Loading) -> Values:
    return {
        "code": row.text("code"),
        "name": row.text("name"),
        "kind": row.text("kind"),
        "parent_id": loading.id_or_none("sites", row.text("parent")),
        "path": [row.text("code")],  # the database puts the places above in front
        "latitude": row.cells.get("latitude"),
        "longitude": row.cells.get("longitude"),
        "capacity": row.cells.get("capacity"),
    }


def one_mission(row: Row, _loading: Loading) -> Values:
    return {
        "code": row.text("code"),
        "name": row.text("name"),
        "combat": row.cells.get("combat"),
        "nature": row.text("nature"),
        "area": row.text("area"),
        "subjects": list(row.parts("subjects")) or [row.text("code")],
        **moment_values("established", moment_of(row, "established")),
    }


def of_mission(row: Row, loading: Loading) -> Values:
    return {"mission_id": loading.id_of("missions", row.text("mission"))}


def mandate(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "wording": row.text("wording"),
        **moment_values("since", moment_of(row, "since")),
    }


def line(row: Row, loading: Loading) -> Values:
    code = row.text("code")
    return {
        **of_mission(row, loading),
        "code": code,
        "name": row.text("name"),
        "combat": row.cells.get("combat") is True or code.casefold() == COMBAT,
    }


def relation(row: Row, loading: Loading) -> Values:
    other = row.text("other")
    known = (other,) in loading.pack.tables["missions"] or other in loading.elsewhere["missions"]
    return {
        **of_mission(row, loading),
        "kind": row.text("kind"),
        "other": other,
        "other_mission_id": loading.id_of("missions", other) if known else None,
        "since": moment_of(row, "since"),
    }


def appointment(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "office": row.text("office"),
        "holder": row.text("holder"),
        **moment_values("since", moment_of(row, "since")),
    }


def contribution(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "organisation_id": loading.id_of("organisations", row.text("organisation")),
        "quantity": " ".join(row.text("quantity").split()),
        "roles": row.text("roles"),
        "when": moment_of(row, "when"),
    }


def contributor_list(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "wording": row.text("wording"),
        "organisations": list(row.parts("organisations")),
        "open": row.cells.get("open") is True,
    }


def host_request(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "host_id": loading.id_of("organisations", row.text("host")),
        "lines": scope_of(row, "lines"),
        "wording": row.text("wording"),
        "form": row.text("form"),
        "made": moment_of(row, "made"),
    }


def withdrawal(row: Row, loading: Loading) -> Values:
    return {
        "request_id": loading.id_of("host_requests", row.text("request")),
        "wording": row.text("wording"),
        **moment_values("effective", moment_of(row, "effective")),
    }


def authorisation(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "lines": scope_of(row, "lines"),
        "host_request_id": loading.id_of("host_requests", row.text("host_request")),
        "mandate_id": loading.id_of("mandates", row.text("mandate")),
        **moment_values("begins", moment_of(row, "begins")),
    }


def presence(row: Row, loading: Loading) -> Values:
    return {
        **of_mission(row, loading),
        "site_id": loading.id_of("sites", row.text("site")),
        "since": moment_of(row, "since"),
    }


TARGETS: dict[str, Target] = {
    "sources": Target(record.Source, one_by_one(source)),
    "claims": Target(record.Claim, claims),
    "subjects": Target(record.Subject, one_by_one(subject)),
    "attributes": Target(record.Attribute, one_by_one(attribute)),
    "organisations": Target(mission.Organisation, one_by_one(organisation)),
    "memberships": Target(mission.Membership, one_by_one(membership)),
    "sites": Target(mission.Site, one_by_one(site)),
    "missions": Target(mission.Mission, one_by_one(one_mission)),
    "mandates": Target(mission.Mandate, one_by_one(mandate)),
    "lines": Target(mission.ActivityLine, one_by_one(line)),
    "relations": Target(mission.Relation, one_by_one(relation)),
    "appointments": Target(mission.Appointment, one_by_one(appointment)),
    "contributions": Target(mission.Contribution, one_by_one(contribution)),
    "contributor_lists": Target(mission.ContributorList, one_by_one(contributor_list)),
    "host_requests": Target(mission.HostRequest, one_by_one(host_request)),
    "withdrawals": Target(mission.HostRequestWithdrawal, one_by_one(withdrawal)),
    "authorisations": Target(mission.Authorisation, one_by_one(authorisation)),
    "presences": Target(mission.Presence, one_by_one(presence)),
}
