"""The people of the fictional mission as rows: with a post and without one."""

from collections.abc import Mapping

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.access.models import marking_values
from cadre.core.releasability import Marking
from cadre.mission.actions import marking_of_person
from cadre.mission.models import Holding, Mission, Organisation, Person, Post, Site
from cadre.packs.sample.names import WITHHELD
from cadre.packs.sample.plan import BATCH, MISSION, PACK, Plan, PlannedPerson, Wish, instant
from cadre.packs.sample.stays import (
    Contact,
    PlannedGuest,
    Stays,
    contact_of,
    contacts_in_the_field,
    stream,
)


def make_people(
    plan: Plan,
    mission: Mission,
    organisations: Mapping[str, Organisation],
    sites: Mapping[str, Site],
    wish: Wish,
) -> int:
    """Inserts those with a post, the posts, and who holds them; says how many there are."""
    chance, known = stream(wish, "contacts"), contacts_in_the_field()
    people, posts, holdings = [], [], []
    for planned in plan.everybody():
        contact = known.get(planned.code) or contact_of(chance, planned.code, planned.nation)
        person = person_of(planned, contact, organisations)
        post = Post(
            code=f"P-{planned.code}",
            title=planned.title,
            mission=mission,
            line=planned.line,
            nation=person.nation,
            site=sites[planned.site],
            pack=PACK,
        )
        span = DateTimeTZRange(instant(planned.begins), instant(planned.ends))
        marking = marking_values(marking_of(planned.nation))
        people.append(person)
        posts.append(post)
        holdings.append(Holding(post=post, person=person, during=span, pack=PACK, **marking))
    Person.objects.bulk_create(people, batch_size=BATCH)
    Post.objects.bulk_create(posts, batch_size=BATCH)
    Holding.objects.bulk_create(holdings, batch_size=BATCH)
    return len(people)


def make_guests(stays: Stays, organisations: Mapping[str, Organisation], wish: Wish) -> int:
    """Inserts the people without a post and says how many there are."""
    chance = stream(wish, "contacts of guests")
    rows = [
        person_of(each, contact_of(chance, each.code, each.nation, each.kind), organisations)
        for each in stays.guests
    ]
    return len(Person.objects.bulk_create(rows, batch_size=BATCH))


def person_of(
    planned: PlannedPerson | PlannedGuest,
    contact: Contact,
    organisations: Mapping[str, Organisation],
) -> Person:
    return Person(
        code=planned.code,
        name=planned.name,
        rank=planned.rank,
        nation=organisations[planned.nation],
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        pack=PACK,
        **marking_values(marking_of(planned.nation)),
    )


def marking_of(nation: str) -> Marking:
    return marking_of_person(nation, shared_with=() if nation in WITHHELD else (MISSION,))
