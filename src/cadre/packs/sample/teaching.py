"""The planned programme as rows."""

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cadre.mission.models import Mission, Organisation, OrganisationKind, Post, Site
from cadre.packs.sample.programme import Programme
from cadre.training.models import Course, Duty, Session, SessionKind


def make_programme(
    programme: Programme, mission: Mission, sites: dict[str, Site], *, pack: str, batch: int
) -> int:
    """Inserts institutions, courses, sessions and duties; says how many sessions there are."""
    institutions = {
        code: Organisation(code=code, name=name, kind=OrganisationKind.INSTITUTION, pack=pack)
        for code, name in programme.institutions
    }
    Organisation.objects.bulk_create(institutions.values())
    courses = {
        each.code: Course(
            mission=mission,
            code=each.code,
            title=each.title,
            line=each.line,
            institution=institutions[each.institution],
            trainees=each.trainees,
            pack=pack,
        )
        for each in programme.courses
    }
    Course.objects.bulk_create(courses.values(), batch_size=batch)
    posts = {post.code: post for post in Post.objects.filter(mission=mission).only("code")}
    rows, duties = [], []
    for planned in programme.sessions:
        row = Session(
            mission=mission,
            kind=SessionKind.SESSION if planned.course else SessionKind.ENGAGEMENT,
            course=courses.get(planned.course),
            line=planned.line,
            title=planned.title,
            site=sites[planned.room],
            during=DateTimeTZRange(planned.begins, planned.ends),
            counterpart=planned.counterpart,
            pack=pack,
        )
        rows.append(row)
        duties += [Duty(session=row, post=posts[code], pack=pack) for code in planned.posts]
    Session.objects.bulk_create(rows, batch_size=batch)
    Duty.objects.bulk_create(duties, batch_size=batch)
    return len(rows)
