/* The limit: the least that an HTTP server can do. One thread, one epoll set; accepts, reads once,
 * writes one canned answer, closes or goes on. It parses nothing, times out nothing and answers whatever comes;
 * what a real server does beyond this is what its figure may cost.
 *
 * usage: epoll PORT [defer] [merge] [keep]
 *   defer   TCP_DEFER_ACCEPT, see tcp(7)
 *   merge   MSG_MORE, see send(2): the answer and the end of the connection in one segment
 *   keep    connections stay open: one answer for each read
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 2048, EVENTS = 256, REQUEST_BYTES = 8192, DEFER_SECONDS = 5 };

static const char ANSWER[] = "HTTP/1.1 200 OK\r\n"
                             "Date: Sat, 21 Nov 2026 00:00:00 GMT\r\n"
                             "Content-Type: text/plain\r\n"
                             "Content-Length: 13\r\n"
                             "%s"
                             "\r\n"
                             "Hello, World!";

static char answer[sizeof ANSWER + 32];
static size_t answer_length;
static int answer_flags = 0;
static int keep = 0;

static int checked(int result, const char *call) {
    if (result < 0) {
        perror(call);
        exit(1);
    }
    return result;
}

static void set(int socket, int level, int option, int value, const char *name) {
    checked(setsockopt(socket, level, option, &value, sizeof value), name);
}

static int listen_on(int port, int defer) {
    int listener = checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t) port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    set(listener, SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
    if (defer) {
        set(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, DEFER_SECONDS, "TCP_DEFER_ACCEPT");
    }
    checked(bind(listener, (struct sockaddr *) &address, sizeof address), "bind");
    checked(listen(listener, BACKLOG), "listen");
    return listener;
}

static void watch(int epoll, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    checked(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

/* Answers what came and closes. False if the connection stays: nothing has come yet, or it is kept. */
static int serve(int connection) {
    char request[REQUEST_BYTES];
    ssize_t received = read(connection, request, sizeof request);
    if (received < 0 && errno == EAGAIN) {
        return 0;
    }
    if (received > 0 && send(connection, answer, answer_length, answer_flags) < 0) {
        perror("send"); /* the client is gone */
    }
    if (keep && received > 0) {
        return 0;
    }
    close(connection);
    return 1;
}

static void accept_all(int epoll, int listener) {
    int connection;
    while ((connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (keep) {
            set(connection, IPPROTO_TCP, TCP_NODELAY, 1, "TCP_NODELAY");
        }
        if (!serve(connection)) {
            watch(epoll, connection);
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: epoll PORT [defer] [merge] [keep]\n", stderr);
        return 2;
    }
    int defer = 0;
    for (int i = 2; i < argc; i++) {
        defer |= strcmp(argv[i], "defer") == 0;
        answer_flags |= strcmp(argv[i], "merge") == 0 ? MSG_MORE : 0;
        keep |= strcmp(argv[i], "keep") == 0;
    }
    answer_length = (size_t) snprintf(answer, sizeof answer, ANSWER, keep ? "" : "Connection: close\r\n");
    int listener = listen_on(atoi(argv[1]), defer);
    int epoll = checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    watch(epoll, listener);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listener) {
                accept_all(epoll, listener);
            } else {
                serve(events[i].data.fd);
            }
        }
    }
}
