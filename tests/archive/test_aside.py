"""Tasks in processes of their own: what they give comes back, a killed process costs time only, and a run that fails waits for none."""

import os
import signal
import time
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool

import pytest

from miner.archive.aside import Aside


def process(wanted):
    return os.getpid() if wanted else None


def kill_other(parent):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return "done here"


def fail():
    raise ValueError("no room")


def sleep(seconds):
    time.sleep(seconds)


def test_without_processes_a_task_is_done_here():
    with Aside(0) as aside:
        assert aside.do(process, True).result() == os.getpid()


def test_a_task_is_done_in_another_process_and_once():
    with Aside(1) as aside:
        task = aside.do(process, True)
        assert task.result() == task.result() != os.getpid()


def test_the_task_of_a_killed_process_and_those_behind_it_are_done_here():
    with Aside(1) as aside:
        first, second = aside.do(kill_other, os.getpid()), aside.do(process, True)
        assert (first.result(), second.result(), aside.do(process, True).result()) == ("done here", os.getpid(), os.getpid())


def test_a_fault_of_a_task_is_raised_where_its_result_is_asked_for():
    with Aside(1) as aside:
        task = aside.do(fail)
        with pytest.raises(ValueError, match="no room"):
            task.result()


def test_a_fault_here_stops_all_tasks_at_once():
    began = time.monotonic()
    with pytest.raises(ValueError, match="no room"), Aside(1) as aside:
        aside.do(process, True).result()
        tasks = [aside.do(sleep, 60), aside.do(sleep, 60)]
        fail()
    assert time.monotonic() - began < 30
    with pytest.raises((BrokenProcessPool, CancelledError)):
        tasks[1].result()
