"""Tests of how the parts of messages become JSON: pytest src/test/python"""

import datetime
import sys

import pytest
from jupyter_client.session import Session, json_packer, pickle_packer
from test_fork_server import FOLDER

sys.path.insert(0, str(FOLDER))
from unix_packing import Packer, speed_up  # noqa: E402

WHEN = datetime.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=datetime.timezone.utc)
PARTS = [
    {},
    {"text": "Zürich \ud800 \n\x00"},
    {"msg_id": "1", "session": "another", "date": WHEN},
    ["no", "object"],
    5,
    {"nested": [{"a": (1, 2.5, None, True)}], "bytes": b"x"},
]


@pytest.mark.parametrize("part", PARTS)
def test_the_result_is_jupyter_clients(part):
    packer = Packer(Session())
    try:
        expected = json_packer(part)
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            packer(part)
        return
    assert packer(part) == expected
    assert packer(part) == expected


@pytest.mark.filterwarnings("ignore:Message serialization failed")
def test_what_json_does_not_have_is_cleaned():
    part = {"data": {1: float("nan"), "set": {1}}}
    assert Packer(Session())(part) == json_packer(part)


def test_headers_of_requests_are_packed_once_and_others_each_time():
    session = Session()
    packer = Packer(session)
    request, own = {"msg_id": "1", "session": "another"}, {"msg_id": "2", "session": session.session}
    assert packer(request) is packer(request)
    assert packer(own) is not packer(own)
    assert packer(dict(request)) == packer(request)


def test_another_packer_is_left_alone():
    session = Session(packer="pickle")
    speed_up(session)
    assert session.pack is pickle_packer
    session = Session()
    speed_up(session)
    assert isinstance(session.pack, Packer)
