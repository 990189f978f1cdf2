"""The planned programme as rows: what is taught, by whom, where, and the first timetable of it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange, NumericRange

from cadre.core.planning import Problem
from cadre.mission.models import Mission, Organisation, OrganisationKind, Post, Site
from cadre.packs.sample.names import FICTIONAL
from cadre.packs.sample.plan import BATCH, PACK
from cadre.packs.sample.programme import (
    FEASTS,
    MODULES,
    NOON,
    SESSIONS,
    STEP,
    WORKING,
    ZONE,
    Programme,
)
from cadre.training.models import (
    Absence,
    Course,
    Duty,
    Module,
    Placement,
    PlanVersion,
    Session,
    SessionKind,
    TeachingRoom,
    TraineeClass,
    Trainer,
    WorkingCalendar,
)

FIRST = NumericRange(1, None)  # from the first version on


def make_programme(
    programme: Programme, mission: Mission, sites: Mapping[str, Site], said: Mapping[str, object]
) -> int:
    """Inserts all of it and says how many sessions and engagements there are."""
    problem = programme.problem
    posts = {post.code: post for post in Post.objects.filter(mission=mission).only("code")}
    make_means(problem, mission, sites, posts)
    courses = make_courses(programme, mission, sites)
    sessions = make_sessions(problem, mission, courses)
    meetings = make_engagements(programme, mission)
    PlanVersion.objects.create(
        mission=mission, number=1, title=f"First timetable {FICTIONAL}",
        published_by=f"Training planner {FICTIONAL}", **said,
    )  # fmt: skip  # reads as one sentence
    stand(programme, sessions, meetings, sites, posts)
    return len(sessions) + len(meetings)


def make_means(
    problem: Problem, mission: Mission, sites: Mapping[str, Site], posts: Mapping[str, Post]
) -> None:
    """What teaching needs: a calendar, rooms, and posts that teach, with their leave."""
    horizon = problem.horizon
    WorkingCalendar.objects.create(
        mission=mission,
        zone=ZONE,
        weekdays=sorted(WORKING),
        feasts={horizon.date(day).isoformat(): name for day, name in FEASTS.items()},
        breaks=[[NOON.begins, NOON.ends, "Noon prayer"]],
        step=STEP,
        pack=PACK,
    )
    TeachingRoom.objects.bulk_create(
        [
            TeachingRoom(
                site=sites[each.key], kind=each.kind, opens=each.opens, closes=each.closes,
                pack=PACK,
            )
            for each in problem.rooms
        ],
        batch_size=BATCH,
    )  # fmt: skip  # reads as one sentence
    Trainer.objects.bulk_create(
        [
            Trainer(
                post=posts[each.key],
                qualifications=sorted(each.qualifications),
                sites=sorted(each.sites - {each.base}),
                day_minutes=each.day_minutes,
                week_minutes=each.week_minutes,
                pack=PACK,
            )
            for each in problem.trainers
        ],
        batch_size=BATCH,
    )
    Absence.objects.bulk_create(
        [
            Absence(
                post=posts[each.key],
                days=DateRange(horizon.date(off.first), horizon.date(off.end)),
                pack=PACK,
            )
            for each in problem.trainers
            for off in each.leave
        ],
        batch_size=BATCH,
    )


def make_courses(
    programme: Programme, mission: Mission, sites: Mapping[str, Site]
) -> dict[str, tuple[Course, list[Module]]]:
    """Courses with their modules, by code; their classes and institutions before them."""
    problem = programme.problem
    institutions = {
        code: Organisation(code=code, name=name, kind=OrganisationKind.INSTITUTION, pack=PACK)
        for code, name in programme.institutions
    }
    Organisation.objects.bulk_create(institutions.values())
    classes, courses, modules = [], [], []
    for each, told in zip(problem.courses, programme.courses, strict=True):
        taught = TraineeClass(
            mission=mission,
            code=each.trainees,
            title=f"Class {each.trainees} {FICTIONAL}",
            institution=institutions[told.institution],
            size=problem.trainee_class[each.trainees].size if told.size_is_stated else None,
            pack=PACK,
        )
        deadline = problem.horizon.first_date + timedelta(days=each.deadline or 0)
        course = Course(
            mission=mission, code=each.key, title=told.title, line=each.line, trainees=taught,
            site=sites[each.site], deadline=deadline, pack=PACK,
        )  # fmt: skip  # reads as one sentence
        classes.append(taught)
        courses.append(course)
        modules.append(
            [
                Module(course=course, position=place + 1, title=f"{name} {FICTIONAL}", pack=PACK)
                for place, name in enumerate(MODULES)
            ]
        )
    TraineeClass.objects.bulk_create(classes, batch_size=BATCH)
    Course.objects.bulk_create(courses, batch_size=BATCH)
    Module.objects.bulk_create([each for of in modules for each in of], batch_size=BATCH)
    return {course.code: (course, of) for course, of in zip(courses, modules, strict=True)}


def make_sessions(
    problem: Problem, mission: Mission, courses: Mapping[str, tuple[Course, list[Module]]]
) -> dict[str, Session]:
    rows: dict[str, Session] = {}
    place = dict.fromkeys(courses, 0)
    for each in problem.sessions:
        course, modules = courses[each.course]
        place[each.course] += 1
        number = place[each.course]
        rows[each.key] = Session(
            mission=mission,
            code=each.key,
            course=course,
            module=modules[(number - 1) * len(modules) // SESSIONS],
            position=number,
            line=course.line,
            title=course.title,
            minutes=each.minutes,
            after=list(each.after),
            room_kind=each.room_kind,
            trainers=each.trainers,
            qualification=each.qualification,
            pack=PACK,
        )
    Session.objects.bulk_create(rows.values(), batch_size=BATCH)
    return rows


def make_engagements(programme: Programme, mission: Mission) -> dict[str, Session]:
    rows = {
        each.code: Session(
            mission=mission,
            kind=SessionKind.ENGAGEMENT,
            code=each.code,
            line="advising",
            title=each.title,
            minutes=int((each.ends - each.begins).total_seconds()) // 60,
            counterpart=each.counterpart,
            pack=PACK,
        )
        for each in programme.engagements
    }
    Session.objects.bulk_create(rows.values(), batch_size=BATCH)
    return rows


def stand(
    programme: Programme,
    sessions: Mapping[str, Session],
    meetings: Mapping[str, Session],
    sites: Mapping[str, Site],
    posts: Mapping[str, Post],
) -> None:
    """Inserts where everything stands in the first timetable, and who teaches or leads it."""
    rows, duties = [], []
    for key, at in programme.problem.published.placements.items():
        begins = programme.moment(at.day, at.start)
        during = DateTimeTZRange(begins, begins + timedelta(minutes=sessions[key].minutes))
        row = Placement(
            session=sessions[key], site=sites[at.room], during=during, versions=FIRST, pack=PACK
        )
        rows.append(row)
        duties += [Duty(placement=row, post=posts[code], pack=PACK) for code in sorted(at.trainers)]
    for each in programme.engagements:
        during = DateTimeTZRange(each.begins, each.ends)
        row = Placement(
            session=meetings[each.code], site=sites[each.site], during=during, versions=FIRST,
            pack=PACK,
        )  # fmt: skip  # reads as one sentence
        rows.append(row)
        duties.append(Duty(placement=row, post=posts[each.post], pack=PACK))
    Placement.objects.bulk_create(rows, batch_size=BATCH)
    Duty.objects.bulk_create(duties, batch_size=BATCH)
