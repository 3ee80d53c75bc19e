// With events: arrivals, discoveries, pieces of evidence and replies wait in a binary heap, and the clock
// jumps from one to the next, as it must once cases touch each other.
#include "common.h"

typedef struct {
  double time;
  enum { ARRIVAL, DISCOVERY, PIECE, REPLY } kind;
  int id, step;  // source or case; the step that is answered
} Event;

static Event *heap;
static Case *cases;
static int events, event_room, found, case_room;

static void push(Event e) {
  if (events == event_room) heap = realloc(heap, (event_room += 1024) * sizeof *heap);
  int at = events++;
  for (int up; at && heap[up = (at - 1) / 2].time > e.time; at = up) heap[at] = heap[up];
  heap[at] = e;
}

static Event pop(void) {
  Event top = heap[0], last = heap[--events];
  int at = 0;
  for (int down; (down = 2 * at + 1) < events; at = down) {
    if (down + 1 < events && heap[down + 1].time < heap[down].time) down++;
    if (heap[down].time >= last.time) break;
    heap[at] = heap[down];
  }
  heap[at] = last;
  return top;
}

// arrive begins an incident, and waits for its discovery and for the next of its source.
static void arrive(Event e) {
  double next = e.time + exponential(1 / p.rate[e.id]);
  if (next < p.horizon) push((Event){next, ARRIVAL, e.id, 0});
  if (uniform() >= p.discovered) return;
  double at = e.time + lognormal(p.delay);
  if (at >= 0 && at <= p.horizon) push((Event){at, DISCOVERY, e.id, 0});
}

// learn brings a case a piece of evidence, and decides on it.
static void learn(int id, double now, int question, double *out) {
  Case *k = &cases[id];
  piece(k);
  if (question) ask(k);
  int step = decide(k, out);
  if (step) push((Event){now + exponential(p.pause), REPLY, id, step});
  double next = now + exponential(p.gap);
  if (next < k->closes) push((Event){next, PIECE, id, 0});
}

static void play(int forum, double *out) {
  found = 0;
  for (int c = 0; c < SOURCES; c++) push((Event){p.first + exponential(1 / p.rate[c]), ARRIVAL, c, 0});
  while (events) {
    Event e = pop();
    switch (e.kind) {
      case ARRIVAL:
        arrive(e);
        break;
      case DISCOVERY:
        if (found == case_room) cases = realloc(cases, (case_room += 1024) * sizeof *cases);
        cases[found] = new_case(e.id, e.time);
        out[INCIDENTS]++;
        learn(found++, e.time, forum, out);
        break;
      case PIECE:
        learn(e.id, e.time, 0, out);
        break;
      case REPLY:
        if (reply_to(e.step) >= PUBLIC) out[REPLIES]++;
    }
  }
}

int main(int argc, char **argv) { return run(argc, argv); }
