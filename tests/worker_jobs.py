"""What processes are given to do in tests: a started one imports this, and no more of the tests."""

import os
import signal
import time


def double(job, tell):
    tell("begun")
    return 2 * job


def process_of(job, tell):
    return os.getpid()


def misbehave(job, tell):
    if job == "never begins":
        time.sleep(60)
    if job == "no step":
        return "fine"
    if job == "begins late":
        time.sleep(2.5)
        return "fine"
    tell(f"step of {job}")
    if job == "hangs":
        time.sleep(60)
    if job == "exits":
        os._exit(7)
    if job == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "raises":
        raise KeyError("honey")
    if job == "greedy":
        bytearray(3 * 1024**3)
    if job == "ends late":
        tell(None)
        time.sleep(2.5)
    if job == "falls silent":
        tell(None)
        time.sleep(60)
    return "fine"
