"""The cost of a plan that is being changed, kept up to date with each change.

`core.planning.cost` judges plans; this keeps the same total with a few steps for each change.
"""

from collections import Counter

from cadre.core.planning.cost import TEACHING_DAY, days_away, nations_minutes
from cadre.core.planning.problem import WEEK
from cadre.solver.jobs import Job, Jobs, Place


class Prices:
    """The running total. `changed` is told of every session that comes or goes."""

    def __init__(self, jobs: Jobs) -> None:
        problem = jobs.problem
        self.jobs, self.grid, self.weights = jobs, jobs.grid, problem.weights
        self.nation = [each.nation for each in problem.trainers]
        self.base = [each.base for each in problem.trainers]
        self.agreed = nations_minutes(problem.published, problem)
        self.published_away = {
            (jobs.trainer_number[key], day, site)
            for key, day, site in days_away(problem.published, problem)
        }
        self.load: Counter[str] = Counter()
        self.away: Counter[tuple[int, int, str]] = Counter()
        self.late = [0] * len(problem.courses)
        self.total = len(problem.sessions) * self.weights.unplaced

    def changed(self, job: Job, place: Place, day: int, sign: int) -> None:
        """A session came to a place (sign 1) or went from it (sign -1)."""
        self.total += sign * (self.of_place(job, place) - self.weights.unplaced)
        for trainer in place.trainers:
            self.teaches(trainer, job, day, sign)

    def of_place(self, job: Job, place: Place) -> int:
        """What a place costs by itself, against the published one."""
        was = job.was
        if was is None or place == was:
            return 0
        weights, points = self.weights, self.weights.told if job.told else 0
        if place.bit != was.bit:
            points += weights.same_week if self.same_week(job, place) else weights.other_week
        if place.room != was.room:
            points += weights.room
        if place.trainers != was.trainers:
            points += weights.trainer * sum(one not in place.trainers for one in was.trainers)
        return points

    def same_week(self, job: Job, place: Place) -> bool:
        published = self.jobs.problem.published.placements[job.key]
        return self.grid.week(place.bit) == published.day // WEEK

    def can_be_late(self, course: int, day: int) -> bool:
        """Whether a change on a day can change by how many days the course is late."""
        deadline = self.jobs.deadline[course]
        return deadline is not None and (day > deadline or self.late[course] > 0)

    def ends(self, course: int, last_day: int) -> None:
        """The course ends on that day now."""
        late = max(0, last_day - (self.jobs.deadline[course] or 0))
        self.total += (late - self.late[course]) * self.weights.late
        self.late[course] = late

    def teaches(self, trainer: int, job: Job, day: int, sign: int) -> None:
        nation = self.nation[trainer]
        before = self.uneven(nation)
        self.load[nation] += sign * job.minutes
        self.total += (self.uneven(nation) - before) * self.weights.uneven
        if job.site != self.base[trainer]:
            self.travels((trainer, day, job.site), sign)

    def travels(self, where: tuple[int, int, str], sign: int) -> None:
        before = self.away[where] > 0
        self.away[where] += sign
        if where not in self.published_away:
            self.total += ((self.away[where] > 0) - before) * self.weights.travel

    def uneven(self, nation: str) -> int:
        """Begun days that a nation teaches beyond what was agreed."""
        return -(-max(0, self.load[nation] - self.agreed[nation]) // TEACHING_DAY)

    def extra(self, trainer: int, job: Job, day: int) -> tuple[int, int]:
        """How little one would like this trainer to be the one: points, and the nation's load."""
        nation = self.nation[trainer]
        over = self.load[nation] - self.agreed[nation]
        after = -(-max(0, over + job.minutes) // TEACHING_DAY)
        points = (after - self.uneven(nation)) * self.weights.uneven
        where = trainer, day, job.site
        if job.site != self.base[trainer] and where not in self.published_away:
            points += 0 if self.away[where] else self.weights.travel
        return points, over
