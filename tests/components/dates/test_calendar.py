"""The calendar tables against lunar-python."""

import datetime as dt
import random

import pytest

from miner.components.dates import calendar
from miner.components.dates.periods import AROUND_WEEKEND, festival_day

lunar_python = pytest.importorskip("lunar_python")


def test_the_lunar_table_agrees_with_lunar_python():
    draw = random.Random(7)
    for _ in range(400):
        solar = dt.date(1950, 3, 1) + dt.timedelta(days=draw.randrange(100 * 365))
        lunar = lunar_python.Solar.fromYmd(solar.year, solar.month, solar.day).getLunar()
        month = lunar.getMonth()
        assert calendar.lunar_days(lunar.getYear(), abs(month), lunar.getDay(), month < 0) == (solar, solar)


@pytest.mark.parametrize("year", [1950, 1976, 1999, 2008, 2020, 2021, 2033, 2050])
def test_the_solar_terms_agree_with_lunar_python(year):
    for name in calendar.TERMS:
        day = calendar.solar_term(name, year)
        assert day is not None
        assert lunar_python.Solar.fromYmd(day.year, day.month, day.day).getLunar().getJieQi() == name


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("元宵节", 2020, dt.date(2020, 2, 8)),
        ("端午节", 2021, dt.date(2021, 6, 14)),
        ("中秋节", 2021, dt.date(2021, 9, 21)),
        ("除夕", 2020, dt.date(2021, 2, 11)),
        ("清明", 2021, dt.date(2021, 4, 4)),
        ("母亲节", 2021, dt.date(2021, 5, 9)),
        ("国家宪法日", 2013, None),
        ("寒食节", 2021, dt.date(2021, 4, 3)),
    ],
)
def test_festivals(name, year, day):
    assert festival_day(name, year) == day


def test_a_three_day_holiday_is_laid_around_the_weekend():
    assert AROUND_WEEKEND[dt.date(2021, 9, 21).weekday()] == (-2, 0)
    assert AROUND_WEEKEND[dt.date(2021, 4, 4).weekday()] == (-1, 1)


@pytest.mark.parametrize(("year", "month", "day", "leap"), [(2020, 13, 1, False), (1800, 1, 1, False), (2021, 4, 1, True), (2021, 1, 31, False)])
def test_days_that_are_none(year, month, day, leap):
    assert calendar.lunar_days(year, month, day, leap) is None
