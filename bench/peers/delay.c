/* A database that takes its time: answers each byte with one byte, 10 ms later. One thread, one epoll
 * set; who waits stands in a queue, for all wait equally long.
 *
 * usage: delay PORT
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BACKLOG = 4096, EVENTS = 256, REQUEST_BYTES = 64, QUEUE = 1 << 16 };

static const long long DELAY_NANOS = 10 * 1000 * 1000;
static const long long SECOND_NANOS = 1000 * 1000 * 1000;

static struct {
    int connection;
    long long due;
} queue[QUEUE];
static unsigned first = 0, last = 0; /* a ring: both only grow */

static int checked(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
    return result;
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND_NANOS + time.tv_nsec;
}

static int listen_on(int port) {
    int listener = checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t) port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int on = 1;
    checked(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    checked(bind(listener, (struct sockaddr *) &address, sizeof address), "bind");
    checked(listen(listener, BACKLOG), "listen");
    return listener;
}

static void watch(int epoll, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    checked(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

static void accept_all(int epoll, int listener) {
    int connection, on = 1;
    while ((connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        checked(setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
        watch(epoll, connection);
    }
}

static void enqueue(int connection) {
    char request[REQUEST_BYTES];
    if (read(connection, request, sizeof request) <= 0) {
        close(connection); /* nobody closes while he waits */
        return;
    }
    if (last - first == QUEUE) {
        fputs("too many wait\n", stderr);
        exit(1);
    }
    queue[last % QUEUE].connection = connection;
    queue[last % QUEUE].due = now() + DELAY_NANOS;
    last++;
}

static void answer_due(void) {
    long long time = now();
    for (; first != last && queue[first % QUEUE].due <= time; first++) {
        if (write(queue[first % QUEUE].connection, "!", 1) < 0) {
            perror("write"); /* the client is gone */
        }
    }
}

static int await(int epoll, struct epoll_event *events) {
    if (first == last) {
        return epoll_wait(epoll, events, EVENTS, -1);
    }
    long long left = queue[first % QUEUE].due - now();
    left = left < 0 ? 0 : left;
    struct timespec until = {.tv_sec = left / SECOND_NANOS, .tv_nsec = left % SECOND_NANOS};
    return epoll_pwait2(epoll, events, EVENTS, &until, NULL);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fputs("usage: delay PORT\n", stderr);
        return 2;
    }
    int listener = listen_on(atoi(argv[1]));
    int epoll = checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    watch(epoll, listener);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = await(epoll, events);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listener) {
                accept_all(epoll, listener);
            } else {
                enqueue(events[i].data.fd);
            }
        }
        answer_due();
    }
}
