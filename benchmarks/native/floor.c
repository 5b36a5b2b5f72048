/*
 * The physical floor: the least that a server can do which sends the same bytes, one `send` for each delivery. It knows just enough of
 * HTTP, WebSocket, Engine.IO and Socket.IO to be spoken to by the driver; it trusts everything and is no server.
 *
 * floor PORT [FAULT]: FAULT makes it lose, duplicate or swap one message, so that a test can see that the driver notices.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 20, MAX_CLIENTS = 65536 };

typedef struct {
    int fd, place; /* place in the room, -1 outside */
    bool upgraded;
    char *in;
    size_t in_len, in_cap;
    char *out;
    size_t out_len, out_cap;
    char head[64]; /* of a binary event whose attachment is to come */
    size_t head_len;
} Client;

static int ep;
static Client *room[MAX_CLIENTS];
static int members;
static char *scratch, *reply;
static const char *fault = "";
static long sends;

static void stash(char **data, size_t *cap, size_t *len, const char *more, size_t n) {
    if (*len + n > *cap) {
        *cap = (*len + n) * 2;
        *data = realloc(*data, *cap);
    }
    memcpy(*data + *len, more, n);
    *len += n;
}

static void push(Client *c, const char *data, size_t len) {
    ssize_t n = 0;
    if (!c->out_len) {
        n = send(c->fd, data, len, MSG_NOSIGNAL);
        if (n < 0) n = 0;
    }
    if ((size_t)n < len) {
        stash(&c->out, &c->out_cap, &c->out_len, data + n, len - n);
        struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
    }
}

static void deliver(Client *c, const char *data, size_t len) {
    static char held[1024];
    static size_t held_len;
    static Client *held_for;
    if (*fault && len < sizeof held && ++sends % 5000 == 0) {
        if (!strcmp(fault, "lose")) return;
        if (!strcmp(fault, "duplicate")) push(c, data, len);
        if (!strcmp(fault, "swap")) {
            memcpy(held, data, held_len = len);
            held_for = c;
            return;
        }
    }
    push(c, data, len);
    if (held_for == c) {
        held_for = NULL;
        push(c, held, held_len);
    }
}

static size_t header(char *o, int opcode, size_t n) {
    o[0] = 0x80 | opcode;
    if (n < 126) {
        o[1] = n;
        return 2;
    }
    if (n < 65536) {
        o[1] = 126;
        o[2] = n >> 8;
        o[3] = n;
        return 4;
    }
    o[1] = 127;
    for (int i = 0; i < 8; i++) o[2 + i] = (uint64_t)n >> (56 - 8 * i);
    return 10;
}

static size_t frame(char *o, int opcode, const char *data, size_t n) {
    size_t h = header(o, opcode, n);
    memcpy(o + h, data, n);
    return h + n;
}

static void say(Client *c, const char *text) {
    char out[256];
    push(c, out, frame(out, 1, text, strlen(text)));
}

static void broadcast(const char *data, size_t len) {
    for (int i = 0; i < members; i++) deliver(room[i], data, len);
}

static void message(Client *c, int opcode, char *p, size_t n) {
    if (opcode == 2) {
        size_t len = frame(reply, 1, c->head, c->head_len);
        len += frame(reply + len, 2, p, n);
        if (c->head[1] == '6') deliver(c, reply, len);
        else broadcast(reply, len);
    } else if (n == 2 && !memcmp(p, "40", 2)) {
        say(c, "40{\"sid\":\"0123456789abcdefghij\"}");
        c->place = members;
        room[members++] = c;
    } else if (n > 4 && !memcmp(p, "451-", 4)) {
        c->head_len = 0;
        char *name = memchr(p, '[', n);
        if (name[9] == 'e') /* "binary echo" */ c->head_len = sprintf(c->head, "461-%.*s[{\"_placeholder\":true,\"num\":0}]", (int)(name - p - 4), p + 4);
        else memcpy(c->head, p, c->head_len = n);
    } else if (n > 2 && !memcmp(p, "42[", 3)) {
        broadcast(reply, frame(reply, 1, p, n));
    } else if (n > 2 && !memcmp(p, "42", 2)) {
        char *name = memchr(p, '[', n); /* 42<id>["echo","…"] becomes 43<id>["…"] */
        size_t id = name - p - 2, rest = n - (name - p) - 8, size = 3 + id + rest;
        size_t h = header(reply, 1, size);
        char *o = reply + h;
        memcpy(o, "43", 2);
        memcpy(o + 2, p + 2, id);
        o[2 + id] = '[';
        memcpy(o + 3 + id, name + 8, rest);
        deliver(c, reply, h + size);
    }
}

static void gone(Client *c) {
    if (c->place >= 0) {
        room[c->place] = room[--members];
        room[c->place]->place = c->place;
    }
    close(c->fd);
    free(c->in);
    free(c->out);
    free(c);
}

static size_t frames(Client *c, unsigned char *data, size_t len) {
    size_t at = 0;
    while (len - at >= 6) {
        size_t h = 2, n = data[at + 1] & 0x7f;
        if (n == 126) {
            if (len - at < 8) break;
            n = data[at + 2] << 8 | data[at + 3];
            h = 4;
        } else if (n == 127) {
            if (len - at < 14) break;
            n = 0;
            for (int i = 0; i < 8; i++) n = n << 8 | data[at + 2 + i];
            h = 10;
        }
        if (len - at < h + 4 + n) break;
        unsigned char *mask = data + at + h, *p = mask + 4;
        uint32_t m4;
        memcpy(&m4, mask, 4);
        uint64_t m8 = m4 | (uint64_t)m4 << 32, word;
        size_t i = 0;
        for (; i + 8 <= n; i += 8) {
            memcpy(&word, p + i, 8);
            word ^= m8;
            memcpy(p + i, &word, 8);
        }
        for (; i < n; i++) p[i] ^= mask[i & 3];
        message(c, data[at] & 15, (char *)p, n);
        at += h + 4 + n;
    }
    return at;
}

static void readable(Client *c) {
    size_t len = c->in_len;
    if (len) memcpy(scratch, c->in, len);
    ssize_t n = recv(c->fd, scratch + len, READ_SIZE, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        gone(c);
        return;
    }
    len += n;
    size_t at = 0;
    if (!c->upgraded) {
        if (!memmem(scratch, len, "\r\n\r\n", 4)) return;
        static const char yes[] = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n"
                                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        push(c, yes, sizeof yes - 1);
        say(c, "0{\"sid\":\"0123456789abcdefghij\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        c->upgraded = true;
        at = len;
    } else {
        at = frames(c, (unsigned char *)scratch, len);
    }
    c->in_len = 0;
    if (at < len) stash(&c->in, &c->in_cap, &c->in_len, scratch + at, len - at);
}

static void writable(Client *c) {
    ssize_t n = send(c->fd, c->out, c->out_len, MSG_NOSIGNAL);
    if (n > 0) memmove(c->out, c->out + n, c->out_len -= n);
    if (!c->out_len) {
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
    }
}

int main(int argc, char **argv) {
    if (argc > 2) fault = argv[2];
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    scratch = malloc(4 * READ_SIZE);
    reply = malloc(4 * READ_SIZE);
    int one = 1, server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 1024)) {
        perror("floor");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL}, events[1024];
    epoll_ctl(ep, EPOLL_CTL_ADD, server, &e);
    for (;;) {
        int n = epoll_wait(ep, events, 1024, -1);
        for (int i = 0; i < n; i++) {
            Client *c = events[i].data.ptr;
            if (c) {
                if (events[i].events & EPOLLOUT) writable(c);
                if (events[i].events & ~EPOLLOUT) readable(c);
                continue;
            }
            for (int fd; (fd = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                Client *new = calloc(1, sizeof *new);
                new->fd = fd;
                new->place = -1;
                struct epoll_event one_more = {.events = EPOLLIN, .data.ptr = new};
                epoll_ctl(ep, EPOLL_CTL_ADD, fd, &one_more);
            }
        }
    }
}
