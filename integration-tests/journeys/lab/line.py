#!/usr/bin/env python3
"""A line as bad as one likes between two network namespaces (not every kernel has netem).

line.py NEAR FAR makes the device eth0 in the namespace NEAR and lan in FAR, and passes packets between them. Each line of its
input says how, as JSON: {"kbit": 300, "ms": 50, "loss": 5} are the most kilobits per second, milliseconds of delay and percent of packets
that are lost, in each direction; what is left out does not limit. It says "ready" once, and ends with its input.
"""
import collections
import ctypes
import fcntl
import json
import os
import random
import select
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
# what a modem keeps before it drops
QUEUE_SECONDS = 0.3


def device(namespace, name):
    libc = ctypes.CDLL(None, use_errno=True)
    with open("/run/netns/" + namespace) as place:
        if libc.setns(place.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "cannot enter " + namespace)
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return tun


class Way:
    """One direction: packets leave in their order, the modem first, then the wire."""

    def __init__(self, out):
        self.out = out
        self.free_at = 0.0
        self.wire = collections.deque()

    def take(self, packet, now, how):
        if random.uniform(0, 100) < how.get("loss", 0):
            return
        leaves = now
        if "kbit" in how:
            leaves = max(now, self.free_at)
            if leaves - now > QUEUE_SECONDS:
                return
            leaves += len(packet) * 8 / (how["kbit"] * 1000)
            self.free_at = leaves
        arrives = leaves + how.get("ms", 0) / 1000
        if self.wire:
            arrives = max(arrives, self.wire[-1][0])
        self.wire.append((arrives, packet))

    def deliver(self, now):
        while self.wire and self.wire[0][0] <= now:
            try:
                os.write(self.out, self.wire.popleft()[1])
            except OSError:
                pass  # nobody there: a packet that is lost

    def next_at(self):
        return self.wire[0][0] if self.wire else None


def main(near, far):
    one, other = device(near, "eth0"), device(far, "lan")
    ways = {one: Way(other), other: Way(one)}
    how = {}
    commands = b""
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        due = [at for at in (way.next_at() for way in ways.values()) if at is not None]
        readable, _, _ = select.select([0, one, other], [], [], max(0.0, min(due) - now) if due else None)
        now = time.monotonic()
        for source in readable:
            if source == 0:
                read = os.read(0, 4096)
                if not read:
                    return
                commands += read
                *whole, commands = commands.split(b"\n")
                for line in whole:
                    how = json.loads(line)
                continue
            try:
                for _ in range(64):
                    ways[source].take(os.read(source, 65535), now, how)
            except BlockingIOError:
                pass
            except OSError:
                return  # the device is gone, and its namespace with it
        for way in ways.values():
            way.deliver(time.monotonic())


main(*sys.argv[1:])
