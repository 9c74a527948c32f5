/*
 * The C peers of `sidetone bench parse`: reads a corpus (4 octets of length, most significant first, then a message, and so on),
 * parses each message with one library and takes the same fields from it as every other contender.
 *
 *   parse CORPUS full            prints one checksum a message, over every octet of every field: the work is the same
 *   parse CORPUS time ROUNDS MS  prints, for each round, nanoseconds of CPU time a message, and the light checksum
 *
 * Built with -DSOFIA, -DOSIP or -DRE.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int full;
static uint64_t h;

static void put_number(int64_t n) { h = h * 31 + (uint64_t) n; }

static void put(const char *p, size_t n)
{
    if (p && n > 1 && p[0] == '[') { p++; n -= 2; }
    h = h * 31 + n;
    if (!p || n == 0) return;
    if (full)
        for (size_t i = 0; i < n; i++) h = h * 31 + (unsigned char) p[i];
    else
        h = h * 31 + (unsigned char) p[0] * 256 + (unsigned char) p[n - 1];
}

static inline void put_text(const char *p) { put(p, p ? strlen(p) : 0); }
static inline int64_t number(const char *p) { return p ? strtoll(p, NULL, 10) : 0; }
static inline int64_t number_or_none(const char *p) { return p ? strtoll(p, NULL, 10) : -1; }

#ifdef SOFIA
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/msg.h>

static void init(void) {}

static int read_message(char *data, size_t length)
{
    msg_t *msg = msg_make(sip_default_mclass(), 0, data, length);
    sip_t *sip = sip_object(msg);
    if (!sip || !sip->sip_via || !sip->sip_from || !sip->sip_to || !sip->sip_call_id || !sip->sip_cseq) return -1;
    if (sip->sip_request) {
        url_t *u = sip->sip_request->rq_url;
        put_text(sip->sip_request->rq_method_name);
        put_text(u->url_user); put_text(u->url_host); put_number(number(u->url_port));
    } else {
        put_number(sip->sip_status->st_status);
    }
    put_text(sip->sip_via->v_host); put_number(number(sip->sip_via->v_port)); put_text(sip->sip_via->v_branch);
    put_text(sip->sip_from->a_tag); put_text(sip->sip_to->a_tag);
    put_text(sip->sip_call_id->i_id);
    put_number(sip->sip_cseq->cs_seq); put_text(sip->sip_cseq->cs_method_name);
    if (sip->sip_contact) {
        url_t *u = sip->sip_contact->m_url;
        put_text(u->url_user); put_text(u->url_host); put_number(number(u->url_port));
    }
    put_number(sip->sip_expires ? (int64_t) sip->sip_expires->ex_delta : -1);
    put_text(sip->sip_event ? sip->sip_event->o_type : NULL);
    put_text(sip->sip_subscription_state ? sip->sip_subscription_state->ss_substate : NULL);
    if (sip->sip_content_type) {
        put(sip->sip_content_type->c_type, sip->sip_content_type->c_subtype - sip->sip_content_type->c_type - 1);
        put_text(sip->sip_content_type->c_subtype);
    }
    put_number(sip->sip_content_length ? (int64_t) sip->sip_content_length->l_length : -1);
    if (sip->sip_payload) put(sip->sip_payload->pl_data, sip->sip_payload->pl_len); else put(NULL, 0);
    msg_destroy(msg);
    return 0;
}
#endif

#ifdef OSIP
#include <osipparser2/osip_parser.h>

static void init(void) { parser_init(); }

static void put_value_up_to(const osip_header_t *e)
{
    const char *v = e ? e->hvalue : NULL;
    put(v, v ? strcspn(v, "; \t") : 0);
}

static int read_message(char *data, size_t length)
{
    osip_message_t *sip;
    if (osip_message_init(&sip) || osip_message_parse(sip, data, length)) return -1;
    if (sip->sip_method) {
        put_text(sip->sip_method);
        put_text(sip->req_uri->username); put_text(sip->req_uri->host); put_number(number(sip->req_uri->port));
    } else {
        put_number(sip->status_code);
    }
    osip_via_t *via = NULL;
    osip_generic_param_t *p = NULL;
    osip_message_get_via(sip, 0, &via);
    osip_via_param_get_byname(via, "branch", &p);
    put_text(via->host); put_number(number(via->port)); put_text(p ? p->gvalue : NULL);
    p = NULL; osip_from_get_tag(sip->from, &p); put_text(p ? p->gvalue : NULL);
    p = NULL; osip_to_get_tag(sip->to, &p); put_text(p ? p->gvalue : NULL);
    put_text(sip->call_id->number);
    put_number(number(sip->cseq->number)); put_text(sip->cseq->method);
    osip_contact_t *contact = NULL;
    if (osip_message_get_contact(sip, 0, &contact) >= 0 && contact) {
        put_text(contact->url->username); put_text(contact->url->host); put_number(number(contact->url->port));
    }
    osip_header_t *e = NULL;
    osip_message_get_expires(sip, 0, &e);
    put_number(number_or_none(e ? e->hvalue : NULL));
    e = NULL; if (osip_message_header_get_byname(sip, "event", 0, &e) < 0) osip_message_header_get_byname(sip, "o", 0, &e);
    put_value_up_to(e);
    e = NULL; osip_message_header_get_byname(sip, "subscription-state", 0, &e); put_value_up_to(e);
    if (sip->content_type) { put_text(sip->content_type->type); put_text(sip->content_type->subtype); }
    put_number(number_or_none(sip->content_length ? sip->content_length->value : NULL));
    osip_body_t *body = NULL;
    if (osip_message_get_body(sip, 0, &body) >= 0 && body) put(body->body, body->length); else put(NULL, 0);
    osip_message_free(sip);
    return 0;
}
#endif

#ifdef RE
#include <re.h>

static void init(void) { libre_init(); }

static inline void put_pl(const struct pl *pl) { put(pl->p, pl->l); }
static inline int64_t pl_number(const struct pl *pl) { return pl_isset(pl) ? (int64_t) pl_u32(pl) : 0; }

static void put_uri(const struct uri *u) { put_pl(&u->user); put_pl(&u->host); put_number(u->port); }

static int read_message(char *data, size_t length)
{
    struct sip_msg *msg;
    struct mbuf *mb = mbuf_alloc(length);
    mbuf_write_mem(mb, (const uint8_t *) data, length);
    mbuf_set_pos(mb, 0);
    if (sip_msg_decode(&msg, mb)) return -1;
    if (msg->req) {
        put_pl(&msg->met); put_uri(&msg->uri);
    } else {
        put_number(msg->scode);
    }
    struct pl host, port = PL_INIT;
    uri_decode_hostport(&msg->via.sentby, &host, &port);
    put_pl(&host); put_number(pl_number(&port)); put_pl(&msg->via.branch);
    put_pl(&msg->from.tag); put_pl(&msg->to.tag);
    put_pl(&msg->callid);
    put_number(msg->cseq.num); put_pl(&msg->cseq.met);
    const struct sip_hdr *hdr = sip_msg_hdr(msg, SIP_HDR_CONTACT);
    if (hdr) {
        struct sip_addr addr;
        if (sip_addr_decode(&addr, &hdr->val)) return -1;
        put_uri(&addr.uri);
    }
    put_number(pl_isset(&msg->expires) ? (int64_t) pl_u32(&msg->expires) : -1);
    hdr = sip_msg_hdr(msg, SIP_HDR_EVENT);
    struct sipevent_event event;
    if (hdr) { if (sipevent_event_decode(&event, &hdr->val)) return -1; put_pl(&event.event); } else put(NULL, 0);
    hdr = sip_msg_hdr(msg, SIP_HDR_SUBSCRIPTION_STATE);
    struct sipevent_substate state;
    if (hdr) { if (sipevent_substate_decode(&state, &hdr->val)) return -1; put_text(sipevent_substate_name(state.state)); } else put(NULL, 0);
    if (pl_isset(&msg->ctyp.type)) { put_pl(&msg->ctyp.type); put_pl(&msg->ctyp.subtype); }
    put_number(pl_isset(&msg->clen) ? (int64_t) pl_u32(&msg->clen) : -1);
    put((const char *) mbuf_buf(msg->mb), mbuf_get_left(msg->mb));
    mem_deref(msg);
    mem_deref(mb);
    return 0;
}
#endif

static double cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv)
{
    FILE *f = argc > 2 ? fopen(argv[1], "rb") : NULL;
    if (!f) { fprintf(stderr, "parse CORPUS full | time ROUNDS MS\n"); return 2; }
    static char *message[65536];
    static size_t length[65536];
    int count = 0;
    unsigned char four[4];
    while (fread(four, 1, 4, f) == 4) {
        length[count] = (size_t) four[0] << 24 | four[1] << 16 | four[2] << 8 | four[3];
        message[count] = malloc(length[count] + 1);
        if (fread(message[count], 1, length[count], f) != length[count]) return 2;
        message[count][length[count]] = 0;
        count++;
    }
    init();
    if (!strcmp(argv[2], "full")) {
        full = 1;
        for (int i = 0; i < count; i++) {
            h = 0;
            if (read_message(message[i], length[i])) printf("refused\n"); else printf("%016llx\n", (unsigned long long) h);
        }
        return 0;
    }
    int rounds = atoi(argv[3]);
    double ms = atof(argv[4]);
    for (int r = -1; r < rounds; r++) {                 /* the first warms caches and is not told */
        double start = cpu_ns(), now = start;
        long n = 0;
        h = 0;
        while (now - start < ms * 1e6) {
            for (int i = 0; i < count; i++) if (read_message(message[i], length[i])) return 1;
            n += count;
            now = cpu_ns();
        }
        if (r >= 0) printf("%.1f\n", (now - start) / n);
    }
    return 0;
}
