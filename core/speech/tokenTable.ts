const NOTHING = -1e30;

/**
 * Tokens of a search, each a history and a node with a score and an entry for every state of the node's phone: `at` and `entry` are
 * [token * states + state]. A hash table finds them; tokens keep their order, room is added as it is needed.
 */
export class TokenTable {
  count = 0;
  history = new Int32Array(1024);
  node = new Int32Array(1024);
  at: Float32Array;
  entry: Int32Array;
  /** Of this frame: the best way into each token, and the entry it comes from. */
  entered = new Float32Array(1024);
  enteredFrom = new Int32Array(1024);
  /** Token + 1 by hash, 0 where there is none; a power of two, at least twice the tokens. */
  private slots = new Int32Array(4096);

  constructor(private readonly states: number) {
    this.at = new Float32Array(1024 * states);
    this.entry = new Int32Array(1024 * states);
  }

  /** Offers a way into a token, which is made if there is none. */
  enter(history: number, node: number, score: number, from: number): void {
    let slot = this.find(history, node);
    if (this.slots[slot] === 0) {
      if (this.count === this.history.length) {
        this.makeRoom();
        slot = this.find(history, node);
      }
      const token = this.count++;
      this.slots[slot] = token + 1;
      this.history[token] = history;
      this.node[token] = node;
      this.at.fill(NOTHING, token * this.states, (token + 1) * this.states);
      this.entered[token] = NOTHING;
    }
    const token = this.slots[slot] - 1;
    if (score <= this.entered[token]) return;
    this.entered[token] = score;
    this.enteredFrom[token] = from;
  }

  /** Keeps those tokens for which `isAlive` says so, in their order. */
  keep(isAlive: (token: number) => boolean): void {
    const { states, at, entry } = this;
    this.slots.fill(0);
    let kept = 0;
    for (let token = 0; token < this.count; token++) {
      if (!isAlive(token)) continue;
      this.history[kept] = this.history[token];
      this.node[kept] = this.node[token];
      this.entered[kept] = NOTHING;
      for (let state = 0; state < states; state++) {
        at[kept * states + state] = at[token * states + state];
        entry[kept * states + state] = entry[token * states + state];
      }
      const slot = this.find(this.history[kept], this.node[kept]);
      this.slots[slot] = ++kept;
    }
    this.count = kept;
  }

  /** Where a token is, or the free place where it would be. */
  private find(history: number, node: number): number {
    const mask = this.slots.length - 1;
    const mixed = Math.imul(history, 0x9e3779b1) ^ Math.imul(node, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const token = this.slots[slot] - 1;
      if (this.history[token] === history && this.node[token] === node) break;
    }
    return slot;
  }

  private makeRoom(): void {
    const size = this.history.length * 2;
    const wider = <T extends Int32Array | Float32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.history = wider(this.history, new Int32Array(size));
    this.node = wider(this.node, new Int32Array(size));
    this.entered = wider(this.entered, new Float32Array(size));
    this.enteredFrom = wider(this.enteredFrom, new Int32Array(size));
    this.at = wider(this.at, new Float32Array(size * this.states));
    this.entry = wider(this.entry, new Int32Array(size * this.states));
    this.slots = new Int32Array(size * 4);
    for (let token = 0; token < this.count; token++) this.slots[this.find(this.history[token], this.node[token])] = token + 1;
  }
}
