"""Generated moments, and the EDTF texts that say them."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from cadre.core.moments import Moment

instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # a bound of hypothesis
dates = st.dates(date(2, 1, 1), date(9997, 12, 31))
day_texts = dates.map(date.isoformat)
month_texts = day_texts.map(lambda text: text[:7])
year_texts = day_texts.map(lambda text: text[:4])
date_texts = st.one_of(day_texts, month_texts, year_texts)
clock_texts = instants.map(lambda at: f"{at.replace(tzinfo=None).isoformat()}Z")
minute_texts = instants.map(lambda at: f"{at:%Y}".zfill(4) + f"{at:-%m-%dT%H:%MZ}")
end_texts = st.one_of(date_texts, clock_texts, minute_texts)


def spans(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(texts, texts).filter(
        lambda pair: Moment.parse(f"[{pair[0]}..]").perhaps_by(last_moment(pair[1]))
    )


def last_moment(text: str) -> datetime:
    return Moment.parse(text).latest or datetime.max.replace(tzinfo=UTC)


edtf_texts = st.one_of(
    st.just(""),
    date_texts,
    clock_texts,
    minute_texts,
    date_texts.map("{}~".format),
    end_texts.map("[..{}]".format),
    end_texts.map("[{}..]".format),
    spans(end_texts).map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    spans(date_texts).map("/".join),
    st.sampled_from(["201X", "20XX", "2020-XX", "2020-01-XX", "2020-XX-XX"]),
)
moments = edtf_texts.map(Moment.parse)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


END_OF_DAY = (23, 59, 59, 999999)
