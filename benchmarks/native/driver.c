/*
 * Load driver: one thread, epoll, no dependency. Speaks Engine.IO 4 / Socket.IO 5 to one server on loopback and checks that every
 * message arrives exactly once, in order and unchanged. What it finds goes to stdout as one line of JSON; a wrong byte ends it
 * with status 2. The server under test answers "echo" with an acknowledgement and sends "msg" to everybody in one room.
 *
 * In mode "chat" the server is the whole application: each client is one of opt.people, says one message after the other into a room
 * of theirs, waits for each acknowledgement, and must hear the messages of that room with their numbers in order and without a gap.
 *
 * The server's CPU time is that of its whole process, from /proc/PID/stat, over the measured window; ours is reported beside it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 20, MAX_IN_FLIGHT = 64, BUCKETS = 2048, CONNECTING_AT_ONCE = 64 };

typedef enum { NEW, CONNECTING, UPGRADING, OPENING, JOINING, READY, CLOSED } State;

typedef struct Client Client;

/* One TCP connection. A WebSocket client has one, a polling client one for its GETs and one for its POSTs. */
typedef struct {
    Client *client;
    int fd;
    bool posting;   /* polling: carries POSTs */
    bool waiting;   /* polling: a response is to come */
    bool connected;
    char *in;       /* bytes of a message that has not come whole */
    size_t in_len, in_cap;
    char *out;      /* what the kernel has not taken */
    size_t out_len, out_cap;
    bool wants_out;
} Conn;

struct Client {
    int index;
    State state;
    Conn main, post;
    char sid[64];
    bool attachment;      /* the header of a binary event has come */
    uint32_t next_in;     /* the number that must come next */
    uint32_t next_out;    /* the number to be sent next */
    uint64_t sent_at[MAX_IN_FLIGHT];
    char *queued;         /* polling: packets for the next POST */
    size_t queued_len, queued_cap;
    uint64_t seq;         /* chat: the newest message's number that was heard, 0 before the first */
};

/* chat: who speaks where */
typedef struct {
    char token[2048], room[40];
} Person;

static struct {
    int port, clients, in_flight, payload, pid, database;
    double rate, warmup, seconds;
    bool polling, binary, prompt;
    const char *mode, *path, *people;
} opt = {.port = 0, .clients = 1000, .in_flight = 1, .payload = 64, .warmup = 1, .seconds = 3, .mode = "echo", .path = "/socket.io/"};

static int ep;
static Client *clients;
static Person *people;
static uint64_t deliveries;
static uint32_t run_id;
static char *scratch, *filler, *outbox;
static size_t outbox_len;
static int ready, opened;
static uint64_t ops, messages;
static uint32_t latency[BUCKETS];
static bool storm, measuring, stopping;
/* fan-out: how many have received each message under way */
static uint32_t room_sent, room_done;
static uint32_t received[MAX_IN_FLIGHT];
static uint64_t room_sent_at[MAX_IN_FLIGHT];

static void fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "driver: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(2);
}

static uint64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* user + system time of a process with all its threads, microseconds */
static double cpu_us(int pid) {
    char path[64], text[2048];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (n <= 0) fail("the server is gone: no %s", path);
    close(fd);
    text[n] = 0;
    unsigned long user, sys;
    char *after = strrchr(text, ')');
    if (!after || sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &sys) != 2) fail("cannot read %s", path);
    return (user + sys) * (1e6 / sysconf(_SC_CLK_TCK));
}

/* The same of a process, all children that it has and all that it had: a database with a process for each connection. */
static double family_cpu_us(int pid) {
    if (!pid) return 0;
    double ticks = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *e; all && (e = readdir(all));) {
        int id = atoi(e->d_name), parent;
        char path[64], text[2048];
        unsigned long user, sys;
        long gone_user, gone_sys;
        if (!id) continue;
        snprintf(path, sizeof path, "/proc/%d/stat", id);
        FILE *f = fopen(path, "r");
        size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
        if (f) fclose(f);
        text[n] = 0;
        char *after = strrchr(text, ')');
        if (!after || sscanf(after + 2, "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld", &parent, &user, &sys, &gone_user, &gone_sys) != 5) continue;
        if (id == pid) ticks += user + sys + gone_user + gone_sys;
        else if (parent == pid) ticks += user + sys;
    }
    if (all) closedir(all);
    return ticks * (1e6 / sysconf(_SC_CLK_TCK));
}

static double own_cpu_us(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec * 1e6 + u.ru_utime.tv_usec + u.ru_stime.tv_sec * 1e6 + u.ru_stime.tv_usec;
}

/* resident memory, kB */
static long rss_kb(int pid) {
    char path[64], line[256];
    long kb = -1;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %ld", &kb) == 1) break;
    if (f) fclose(f);
    return kb;
}

/* Buckets of 1 us up to 1 ms, then of 1 ms up to 1 s. */
static void note_latency(uint64_t us) {
    if (!measuring) return;
    uint64_t bucket = us < 1000 ? us : 1000 + us / 1000;
    latency[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static double percentile(double share) {
    uint64_t total = 0, sum = 0;
    for (int i = 0; i < BUCKETS; i++) total += latency[i];
    for (int i = 0; i < BUCKETS; i++) {
        sum += latency[i];
        if (total && sum >= share * total) return i < 1000 ? i : (i - 1000) * 1000.0;
    }
    return 0;
}

static void grow(char **data, size_t *cap, size_t need) {
    if (need <= *cap) return;
    while (*cap < need) *cap = *cap ? *cap * 2 : 512;
    *data = realloc(*data, *cap);
    if (!*data) fail("out of memory");
}

/* ---- connections */

static void interest(Conn *c) {
    struct epoll_event e = {.events = EPOLLIN | (c->wants_out ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}

static void open_conn(Client *client, Conn *c, bool posting) {
    c->client = client;
    c->posting = posting;
    c->waiting = c->connected = false;
    c->in_len = c->out_len = 0;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) fail("socket: %s (ulimit -n?)", strerror(errno));
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct linger abort = {.l_onoff = 1, .l_linger = 0}; /* no TIME_WAIT: a run opens more sockets than there are ports */
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(opt.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) fail("connect: %s", strerror(errno));
    c->wants_out = true;
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}

static void close_conn(Conn *c) {
    if (c->fd > 0) close(c->fd);
    c->fd = 0;
    free(c->in);
    free(c->out);
    c->in = c->out = NULL;
    c->in_len = c->in_cap = c->out_len = c->out_cap = 0;
}

static void push(Conn *c, const char *data, size_t len) {
    ssize_t n = 0;
    if (c->connected && !c->out_len) {
        n = send(c->fd, data, len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN) fail("send: %s", strerror(errno));
        if (n < 0) n = 0;
    }
    if ((size_t)n < len) {
        grow(&c->out, &c->out_cap, c->out_len + len - n);
        memcpy(c->out + c->out_len, data + n, len - n);
        c->out_len += len - n;
        if (!c->wants_out) {
            c->wants_out = true;
            interest(c);
        }
    }
}

static void drain(Conn *c) {
    if (c->out_len) {
        ssize_t n = send(c->fd, c->out, c->out_len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN) fail("send: %s", strerror(errno));
        if (n > 0) {
            memmove(c->out, c->out + n, c->out_len - n);
            c->out_len -= n;
        }
    }
    if (!c->out_len) {
        c->wants_out = false;
        interest(c);
    }
}

/* ---- WebSocket frames, gathered in the outbox so that the answers to one read leave in one write */

static const unsigned char MASK[8] = {0x37, 0xfa, 0x21, 0x3d, 0x37, 0xfa, 0x21, 0x3d};

static void frame(int opcode, const char *data, size_t len) {
    unsigned char *o = (unsigned char *)outbox + outbox_len;
    size_t h = 2;
    o[0] = 0x80 | opcode;
    if (len < 126) {
        o[1] = 0x80 | len;
    } else if (len < 65536) {
        o[1] = 0x80 | 126;
        o[2] = len >> 8;
        o[3] = len;
        h = 4;
    } else {
        o[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++) o[2 + i] = (uint64_t)len >> (56 - 8 * i);
        h = 10;
    }
    memcpy(o + h, MASK, 4);
    h += 4;
    uint64_t mask, word;
    memcpy(&mask, MASK, 8);
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        memcpy(&word, data + i, 8);
        word ^= mask;
        memcpy(o + h + i, &word, 8);
    }
    for (; i < len; i++) o[h + i] = data[i] ^ MASK[i & 3];
    outbox_len += h + len;
}

static void flush_outbox(Conn *c) {
    if (outbox_len) push(c, outbox, outbox_len);
    outbox_len = 0;
}

/* ---- polling */

static void http(Conn *c, const char *method, const char *body, size_t len) {
    static char *request;
    static size_t cap;
    grow(&request, &cap, len + 1024);
    int h = snprintf(request, 1024, "%s %s?EIO=4&transport=polling%s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", method, opt.path,
        c->client->sid[0] ? "&sid=" : "", c->client->sid, opt.port);
    if (body) h += snprintf(request + h, 256, "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n", len);
    h += snprintf(request + h, 64, "\r\n");
    if (body) memcpy(request + h, body, len);
    c->waiting = true;
    push(c, request, h + len);
}

static void queue(Client *client, const char *data, size_t len) {
    grow(&client->queued, &client->queued_cap, client->queued_len + len + 1);
    if (client->queued_len) client->queued[client->queued_len++] = 0x1e;
    memcpy(client->queued + client->queued_len, data, len);
    client->queued_len += len;
}

static void post_queued(Client *client) {
    if (!client->queued_len || client->post.waiting) return;
    if (client->post.fd <= 0) open_conn(client, &client->post, true);
    http(&client->post, "POST", client->queued, client->queued_len);
    client->queued_len = 0;
}

/* ---- packets */

static void say(Client *client, const char *text, size_t len) {
    if (opt.polling) queue(client, text, len);
    else frame(1, text, len);
}

static void send_all(Client *client) {
    if (opt.polling) post_queued(client);
    else flush_outbox(&client->main);
}

/* The payload is its number in eight digits and a filler. */
static const char *payload(uint32_t number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%08u", number % 100000000);
    memcpy(filler, digits, 8);
    return filler;
}

static void send_message(Client *client) {
    static char *text;
    static size_t cap;
    uint32_t number = client->next_out++;
    bool echo = opt.mode[0] == 'e';
    grow(&text, &cap, opt.payload + 256);
    char ack[16] = "";
    if (echo) snprintf(ack, sizeof ack, "%u", number);
    int n;
    if (people) {
        n = sprintf(text, "42%u[\"message_send\",{\"roomId\":\"%s\",\"clientId\":\"%08x-%04x-4000-8000-%012x\",\"text\":\"%.*s\"}]", number,
            people[client->index].room, run_id, client->index, number, opt.payload, payload(number));
        say(client, text, n);
    } else if (opt.binary) {
        n = sprintf(text, "451-%s[\"%s\",{\"_placeholder\":true,\"num\":0}]", ack, echo ? "binary echo" : "binary msg");
        say(client, text, n);
        frame(2, payload(number), opt.payload);
    } else {
        n = sprintf(text, "42%s[\"%s\",\"", ack, echo ? "echo" : "msg");
        memcpy(text + n, payload(number), opt.payload);
        n += opt.payload;
        memcpy(text + n, "\"]", 2);
        say(client, text, n + 2);
    }
    client->sent_at[number % MAX_IN_FLIGHT] = now_us();
}

static void check_payload(Client *client, const char *data, size_t len, uint32_t number) {
    if (len != (size_t)opt.payload || memcmp(data, payload(number), len))
        fail("client %d: expected message %u, got %.*s", client->index, number, (int)(len < 40 ? len : 40), data);
}

/* One message has come. */
static void arrived(Client *client, const char *data, size_t len) {
    uint32_t number = client->next_in++;
    check_payload(client, data, len, number);
    ops++;
    if (opt.mode[0] == 'e') {
        note_latency(now_us() - client->sent_at[number % MAX_IN_FLIGHT]);
        if (!stopping) send_message(client);
        return;
    }
    if (number >= room_sent) fail("client %d: message %u was never sent", client->index, number);
    if (++received[number % MAX_IN_FLIGHT] < (uint32_t)opt.clients) return;
    if (number != room_done) fail("message %u is complete before %u", number, room_done);
    received[number % MAX_IN_FLIGHT] = 0;
    room_done++;
    messages++;
    note_latency(now_us() - room_sent_at[number % MAX_IN_FLIGHT]);
}

static void send_to_room(void) {
    room_sent_at[room_sent % MAX_IN_FLIGHT] = now_us();
    room_sent++;
    send_message(&clients[0]);
}

static bool starts(const char *data, size_t len, const char *with) {
    size_t n = strlen(with);
    return len >= n && !memcmp(data, with, n);
}

/* chat: an acknowledgement, or what the room is told; presence and the like are none of our business. */
static void chat_packet(Client *client, const char *data, size_t len) {
    char expected[64];
    if (starts(data, len, "43")) {
        int n = snprintf(expected, sizeof expected, "43%u[{\"ok\":true,", client->next_in);
        if (!starts(data, len, expected)) fail("client %d: expected %s…, got %.*s", client->index, expected, (int)(len < 300 ? len : 300), data);
        if (!memmem(data + n, len - n, payload(client->next_in), opt.payload)) fail("client %d: another text in %.*s", client->index, (int)(len < 400 ? len : 400), data);
        note_latency(now_us() - client->sent_at[client->next_in % MAX_IN_FLIGHT]);
        client->next_in++;
        ops++;
        if (!stopping) send_message(client);
    } else if (starts(data, len, "42[\"message\",")) {
        const char *seq = memmem(data, len, "\"seq\":", 6);
        uint64_t number = seq ? strtoull(seq + 6, NULL, 10) : 0;
        if (!number || (client->seq && number != client->seq + 1))
            fail("client %d: message %lu came after %lu", client->index, number, client->seq);
        client->seq = number;
        deliveries++;
    } else if (starts(data, len, "42[\"session_ended\"")) {
        fail("client %d: %.*s", client->index, (int)(len < 200 ? len : 200), data);
    }
}

/* chat: everybody in a room has heard the same last message. */
static bool all_heard(void) {
    for (int i = 0; i < opt.clients; i++)
        for (int k = 0; k < i; k++)
            if (!strcmp(people[i].room, people[k].room) && clients[i].seq != clients[k].seq) return false;
    return true;
}

static void client_ready(Client *client) {
    client->state = READY;
    ready++;
    opened++;
}

static void packet(Client *client, const char *data, size_t len) {
    char expected[64];
    if (starts(data, len, "2") && len == 1) {
        say(client, "3", 1);
    } else if (client->state == OPENING) {
        const char *sid = len > 8 ? memmem(data, len, "\"sid\":\"", 7) : NULL;
        if (data[0] != '0' || !sid) fail("no open packet but %.*s", (int)len, data);
        sid += 7;
        size_t n = 0;
        while (sid + n < data + len && sid[n] != '"' && n < sizeof client->sid - 1) n++;
        memcpy(client->sid, sid, n);
        client->sid[n] = 0;
        client->state = JOINING;
        if (people) {
            char connect[sizeof people->token + 32];
            say(client, connect, snprintf(connect, sizeof connect, "40{\"token\":\"%s\"}", people[client->index].token));
        } else {
            say(client, "40", 2);
        }
    } else if (client->state == JOINING) {
        if (!starts(data, len, "40{") && len != 2) fail("no CONNECT but %.*s", (int)len, data);
        if (starts(data, len, "40{")) client_ready(client);
    } else if (people) {
        chat_packet(client, data, len);
    } else if (opt.mode[0] == 'e' && opt.binary) {
        int n = snprintf(expected, sizeof expected, "461-%u[{\"_placeholder\":true,\"num\":0}]", client->next_in);
        if (len != (size_t)n || memcmp(data, expected, n)) fail("client %d: expected %s, got %.*s", client->index, expected, (int)len, data);
        client->attachment = true;
    } else if (opt.mode[0] == 'e') {
        int n = snprintf(expected, sizeof expected, "43%u[\"", client->next_in);
        if (!starts(data, len, expected) || len != (size_t)n + opt.payload + 2 || memcmp(data + len - 2, "\"]", 2))
            fail("client %d: expected %s…, got %.*s", client->index, expected, (int)(len < 60 ? len : 60), data);
        arrived(client, data + n, opt.payload);
    } else if (opt.binary) {
        if (!starts(data, len, "451-[\"binary msg\",{\"_placeholder\":true,\"num\":0}]")) fail("client %d: got %.*s", client->index, (int)len, data);
        client->attachment = true;
    } else {
        if (!starts(data, len, "42[\"msg\",\"") || len != (size_t)opt.payload + 12)
            fail("client %d: got %.*s", client->index, (int)(len < 60 ? len : 60), data);
        arrived(client, data + 10, opt.payload);
    }
}

/* ---- bytes */

/* Reads whole frames and returns how many bytes they were. */
static size_t frames(Client *client, const unsigned char *data, size_t len) {
    size_t at = 0;
    while (len - at >= 2) {
        size_t h = 2, n = data[at + 1] & 0x7f;
        int opcode = data[at] & 0x0f;
        if (data[at + 1] & 0x80) fail("a masked frame from the server");
        if (n == 126) {
            if (len - at < 4) break;
            n = data[at + 2] << 8 | data[at + 3];
            h = 4;
        } else if (n == 127) {
            if (len - at < 10) break;
            n = 0;
            for (int i = 0; i < 8; i++) n = n << 8 | data[at + 2 + i];
            h = 10;
        }
        if (len - at < h + n) break;
        const char *body = (const char *)data + at + h;
        if (opcode == 8) fail("client %d: the server closed, code %d", client->index, n >= 2 ? (unsigned char)body[0] << 8 | (unsigned char)body[1] : 0);
        if (!(data[at] & 0x80)) fail("a fragment from the server");
        if (opcode == 1 && !client->attachment) packet(client, body, n);
        else if (opcode == 2 && client->attachment) {
            client->attachment = false;
            arrived(client, body, n);
        } else fail("client %d: unexpected frame %d", client->index, opcode);
        at += h + n;
    }
    return at;
}

static size_t upgrade(Client *client, const char *data, size_t len) {
    char *end = memmem(data, len, "\r\n\r\n", 4);
    if (!end) return 0;
    if (!starts(data, len, "HTTP/1.1 101")) fail("no upgrade but %.*s", (int)(len < 200 ? len : 200), data);
    client->state = OPENING;
    return end + 4 - data;
}

static size_t response(Conn *c, char *data, size_t len) {
    char *end = memmem(data, len, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t head = end + 4 - data, n = 0;
    *end = 0;
    char *length = strcasestr(data, "\r\ncontent-length:");
    *end = '\r';
    if (!length) fail("a response without Content-Length: %.*s", (int)head, data);
    n = strtoul(length + 17, NULL, 10);
    if (len < head + n) return 0;
    if (!starts(data, len, "HTTP/1.1 200")) fail("HTTP: %.*s", (int)(len < 300 ? len : 300), data);
    c->waiting = false;
    Client *client = c->client;
    if (c->posting) {
        post_queued(client);
    } else {
        for (char *p = data + head, *stop = p + n; p < stop;) {
            char *next = memchr(p, 0x1e, stop - p);
            size_t size = (next ? next : stop) - p;
            packet(client, p, size);
            p += size + 1;
        }
        http(c, "GET", NULL, 0);
        post_queued(client);
    }
    return head + n;
}

static void feed(Conn *c, char *data, size_t len) {
    Client *client = c->client;
    size_t at = 0, taken;
    do {
        if (opt.polling) taken = response(c, data + at, len - at);
        else if (client->state == UPGRADING) taken = upgrade(client, data + at, len - at);
        else taken = frames(client, (unsigned char *)data + at, len - at);
        at += taken;
    } while (taken && at < len);
    if (at < len) {
        size_t rest = len - at;
        grow(&c->in, &c->in_cap, rest);
        memmove(c->in, data + at, rest);
        c->in_len = rest;
    } else {
        c->in_len = 0;
    }
    if (!opt.polling) flush_outbox(c);
}

static void start_client(Client *client) {
    int index = client->index;
    memset(client, 0, sizeof *client);
    client->index = index;
    client->state = CONNECTING;
    open_conn(client, &client->main, false);
}

static void end_client(Client *client) {
    close_conn(&client->main);
    close_conn(&client->post);
    free(client->queued);
    client->queued = NULL;
    client->state = CLOSED;
}

static void readable(Conn *c) {
    size_t before = c->in_len;
    if (before) memcpy(scratch, c->in, before);
    ssize_t n = recv(c->fd, scratch + before, READ_SIZE, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0 && opt.polling && !c->waiting && c->connected) { /* some servers close after each response */
        close_conn(c);
        return;
    }
    if (n <= 0) fail("client %d: connection lost (%s) in state %d", c->client->index, n ? strerror(errno) : "end", c->client->state);
    feed(c, scratch, before + n);
}

static void writable(Conn *c) {
    Client *client = c->client;
    if (!c->connected) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error) fail("connect: %s", strerror(error));
        c->connected = true;
        if (client->state == CONNECTING) {
            if (opt.polling) {
                client->state = OPENING;
                http(c, "GET", NULL, 0);
            } else {
                client->state = UPGRADING;
                char request[512];
                int n = snprintf(request, sizeof request,
                    "GET %s?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", opt.path, opt.port);
                push(c, request, n);
            }
        }
    }
    drain(c);
}

/* One turn of the loop; opens connections while there are clients that have none. */
static int next_to_open;

static void turn(int timeout_ms) {
    static struct epoll_event events[1024];
    int n = epoll_wait(ep, events, 1024, timeout_ms);
    for (int i = 0; i < n; i++) {
        Conn *c = events[i].data.ptr;
        if (c->fd > 0 && events[i].events & EPOLLOUT) writable(c);
        if (c->fd > 0 && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
        if (storm && c->client->state == READY) {
            end_client(c->client);
            ready--;
            ops++;
            if (!stopping) start_client(c->client);
        }
    }
}

static void connect_all(uint64_t patience_us) {
    uint64_t until = now_us() + patience_us;
    while (ready < opt.clients) {
        while (next_to_open < opt.clients && next_to_open - ready < CONNECTING_AT_ONCE) start_client(&clients[next_to_open++]);
        turn(100);
        if (now_us() > until) fail("only %d of %d clients connected", ready, opt.clients);
    }
}

static void pass(uint64_t until) {
    while (now_us() < until) turn((int)((until - now_us()) / 1000 + 1));
}

/* Keeps the load up until then. */
static void load(uint64_t until) {
    static double next_at;
    bool room = opt.mode[0] == 'f';
    if (!next_at) next_at = now_us();
    while (true) {
        uint64_t now = now_us();
        if (now >= until) return;
        int wait = (until - now) / 1000 + 1;
        if (room && opt.rate > 0) {
            while (next_at <= now && room_sent - room_done < MAX_IN_FLIGHT) {
                send_to_room();
                next_at += 1e6 / opt.rate;
            }
            if (next_at > now && (next_at - now) / 1000 < wait) wait = (next_at - now) / 1000 + 1;
        } else if (room) {
            while (room_sent - room_done < (uint32_t)opt.in_flight) send_to_room();
        }
        if (room) send_all(&clients[0]);
        turn(wait);
    }
}

static void parse(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value) fail("not key=value: %s", argv[i]);
        *value++ = 0;
        const char *key = argv[i];
        if (!strcmp(key, "port")) opt.port = atoi(value);
        else if (!strcmp(key, "pid")) opt.pid = atoi(value);
        else if (!strcmp(key, "clients")) opt.clients = atoi(value);
        else if (!strcmp(key, "inflight")) opt.in_flight = atoi(value);
        else if (!strcmp(key, "payload")) opt.payload = atoi(value);
        else if (!strcmp(key, "rate")) opt.rate = atof(value);
        else if (!strcmp(key, "warmup")) opt.warmup = atof(value);
        else if (!strcmp(key, "seconds")) opt.seconds = atof(value);
        else if (!strcmp(key, "polling")) opt.polling = atoi(value);
        else if (!strcmp(key, "binary")) opt.binary = atoi(value);
        else if (!strcmp(key, "prompt")) opt.prompt = atoi(value);
        else if (!strcmp(key, "mode")) opt.mode = value; /* echo, fanout, idle, storm, chat */
        else if (!strcmp(key, "people")) opt.people = value; /* chat: a file, a line with token and room id for each client */
        else if (!strcmp(key, "database")) opt.database = atoi(value); /* chat: whose CPU is reported too, with its children's */
        else if (!strcmp(key, "path")) opt.path = value;
        else fail("unknown option %s", key);
    }
    if (!opt.port || !opt.pid) fail("port and pid are needed");
    if (opt.in_flight > MAX_IN_FLIGHT || opt.payload < 8 || opt.clients < 1) fail("inflight <= %d, payload >= 8, clients >= 1", MAX_IN_FLIGHT);
    if (opt.binary && opt.polling) fail("binary over polling is not driven");
}

static void read_people(void) {
    FILE *f = fopen(opt.people, "r");
    if (!f) fail("%s: %s", opt.people, strerror(errno));
    people = calloc(opt.clients, sizeof *people);
    for (int i = 0; i < opt.clients; i++)
        if (fscanf(f, "%2047s %39s", people[i].token, people[i].room) != 2) fail("%s has no %d people", opt.people, opt.clients);
    fclose(f);
    run_id = (uint32_t)(now_us() * 2654435761u) ^ getpid();
}

int main(int argc, char **argv) {
    parse(argc, argv);
    bool chat = !strcmp(opt.mode, "chat");
    if (chat != (opt.people != NULL)) fail("mode chat needs people, and nothing else does");
    if (chat) read_people();
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    ep = epoll_create1(0);
    clients = calloc(opt.clients, sizeof *clients);
    scratch = malloc(2 * READ_SIZE + 2 * opt.payload);
    filler = malloc(opt.payload + 1);
    outbox = malloc((size_t)(MAX_IN_FLIGHT + 2) * (opt.payload + 256));
    memset(filler, 'x', opt.payload);
    for (int i = 0; i < opt.clients; i++) clients[i].index = i;
    storm = !strcmp(opt.mode, "storm");

    long rss_before = rss_kb(opt.pid);
    double cpu0 = cpu_us(opt.pid);
    uint64_t t0 = now_us();
    if (storm) {
        for (int i = 0; i < opt.clients; i++) start_client(&clients[i]);
    } else {
        connect_all(120000000);
    }
    double connect_cpu = (cpu_us(opt.pid) - cpu0) / opt.clients, connect_s = (now_us() - t0) / 1e6;
    pass(now_us() + 300000); /* the last ones are still entering the room */

    if (!strcmp(opt.mode, "idle")) {
        if (opt.prompt) { /* whoever runs us looks at the server now */
            printf("connected\n");
            fflush(stdout);
            fcntl(0, F_SETFL, O_NONBLOCK);
            char c;
            while (read(0, &c, 1) < 0) turn(50);
        }
        double idle0 = cpu_us(opt.pid);
        pass(now_us() + (uint64_t)(opt.seconds * 1e6));
        printf("{\"clients\":%d,\"connectCpuUs\":%.1f,\"connectSeconds\":%.2f,\"rssBeforeKb\":%ld,\"rssAfterKb\":%ld,\"idleCpuShare\":%.4f}\n", opt.clients,
            connect_cpu, connect_s, rss_before, rss_kb(opt.pid), (cpu_us(opt.pid) - idle0) / (opt.seconds * 1e6));
        return 0;
    }
    if (opt.mode[0] == 'e' || chat) {
        for (int i = 0; i < opt.clients; i++) {
            for (int k = 0; k < opt.in_flight; k++) send_message(&clients[i]);
            send_all(&clients[i]);
        }
    }
    load(now_us() + (uint64_t)(opt.warmup * 1e6));
    measuring = true;
    uint64_t ops0 = ops, messages0 = messages, start = now_us();
    uint64_t deliveries0 = deliveries;
    double database0 = family_cpu_us(opt.database), server0 = cpu_us(opt.pid), own0 = own_cpu_us();
    load(start + (uint64_t)(opt.seconds * 1e6));
    double server = cpu_us(opt.pid) - server0, own = own_cpu_us() - own0, took = (now_us() - start) / 1e6;
    double database = family_cpu_us(opt.database) - database0;
    uint64_t delivered = deliveries - deliveries0;
    uint64_t done = ops - ops0;
    measuring = false;
    stopping = true;

    /* What is under way must arrive too, once, and nothing after it. */
    uint64_t patience = now_us() + 20000000;
    bool whole = false;
    while (!whole && !storm) {
        turn(20);
        whole = opt.mode[0] == 'f' ? room_done == room_sent : true;
        for (int i = 0; (opt.mode[0] == 'e' || chat) && whole && i < opt.clients; i++) whole = clients[i].next_in == clients[i].next_out;
        if (chat && whole) whole = all_heard();
        if (!whole && now_us() > patience) fail("messages were lost: after 20 s they have still not come");
    }
    if (!storm) pass(now_us() + 50000);
    if (!done) fail("nothing was done in %.1f s", took);
    printf("{\"ops\":%lu,\"messages\":%lu,\"seconds\":%.3f,\"opsPerSecond\":%.0f,\"serverCpuUs\":%.3f,\"driverCpuUs\":%.3f,"
           "\"p50Us\":%.0f,\"p99Us\":%.0f,\"rssKb\":%ld,\"connectCpuUs\":%.1f,\"databaseCpuUs\":%.3f,\"deliveries\":%lu}\n",
        done, messages - messages0, took, done / took, server / done, own / done, percentile(.5), percentile(.99), rss_kb(opt.pid), connect_cpu,
        database / done, delivered);
    return 0;
}
