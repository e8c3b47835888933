#!/usr/bin/env bash
# A TCP socket that listens and wants a least time to live (IP_MINTTL, ip(7)) drops the SYN of every new client
# that falls short of it, but completes connections that were half open before, whatever their TTL: the kernel
# compares segments of a half-open connection with nothing. What is accepted then inherits the option and is deaf
# to its own client until the option is taken off. No right is needed for any of it. So a listener can run dry
# without a reset where a socket filter would want CAP_NET_ADMIN.
# One would guess that the option is about connections, or that it cuts the half-open ones off, too.
#
# Seen on Linux 6.18.44 with Debian's python3 3.11: the five lines below. Exits 1 if one is different.
set -eu
command -v python3 >/dev/null || { echo "needs python3 (Debian: python3)"; exit 77; }
uname -sr
exec python3 - <<'PY'
import select, socket, sys

IP_MINTTL = 21  # <bits/in.h>; Python 3.11 has no name for it
right = True

def say(what, seen, expected):
    global right
    right &= seen == expected
    print(f"{what}: {seen}" + ("" if seen == expected else f" (was {expected})"))

def readable(sock, seconds):
    return bool(select.select([sock], [], [], seconds)[0])

listener = socket.socket()
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 20)
listener.bind(("127.0.0.1", 0))
listener.listen(8)

early = socket.create_connection(listener.getsockname(), 5)  # half open for the server: it has said nothing
listener.setsockopt(socket.IPPROTO_IP, IP_MINTTL, 255)       # loopback sends with a TTL of 64

late = socket.socket()
late.setblocking(False)
late.connect_ex(listener.getsockname())
say("a new client gets through", bool(select.select([], [late], [], 0.5)[1]), False)

early.sendall(b"one")
say("the half-open one is completed", readable(listener, 5), True)
served, _ = listener.accept()
say("and inherits the least TTL", served.getsockopt(socket.IPPROTO_IP, IP_MINTTL), 255)

served.settimeout(5)
first = served.recv(16) if readable(served, 5) else b""
early.sendall(b"two")
say("its first bytes came, the next do", (first, readable(served, 0.5)), (b"one", False))

served.setsockopt(socket.IPPROTO_IP, IP_MINTTL, 0)
say("with the option off they come again", served.recv(16), b"two")
sys.exit(0 if right else 1)
PY
