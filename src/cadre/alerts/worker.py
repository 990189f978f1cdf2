"""The worker: it listens to the ledger, keeps time, and sends.

Any number of them work on one queue. Each lane has a sender of its own, with its own connection and
its own threads, so that no flood of ordinary messages and no slow way out holds up the others.
"""

import logging
import os
import socket
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import batched
from threading import Event, Thread
from time import monotonic
from typing import Final

import psycopg
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection
from django.utils.translation import override

from cadre.alerts.actions.answering import take_check_ins
from cadre.alerts.actions.climbing import climb_due
from cadre.alerts.actions.listening import listen, tick
from cadre.alerts.actions.sending import Done, Leased, begin, finish, lease
from cadre.alerts.actions.watching import beat, end_beat, test_channels
from cadre.alerts.channels import Adapter, Message, Outcome, adapters
from cadre.alerts.channels.content import cut
from cadre.alerts.models import Lane
from cadre.alerts.queries.sending import over, texts_of
from cadre.mission.doors import now

log = logging.getLogger(__name__)

EVERY: Final = 1.0  # seconds between two rounds that nothing wakes
CLOCK_EVERY: Final = 30.0  # seconds between two looks at what time has brought
