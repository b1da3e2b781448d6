/* A way to the portal that can be cut, as a tablet's: a port of our own that passes everything on. */
import { connect, createServer } from "node:net";

export class Network {
  #server = null;
  #sockets = new Set();
  #portal;
  port = 0;

  constructor(url) {
    this.#portal = new URL(url);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async on() {
    this.#server = createServer((near) => {
      const far = connect(Number(this.#portal.port), this.#portal.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ]) {
        this.#sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => this.#sockets.delete(one));
        one.pipe(other);
      }
    });
    await new Promise((ready) => this.#server.listen(this.port, "127.0.0.1", ready));
    this.port = this.#server.address().port;
  }

  async off() {
    const closed = new Promise((done) => this.#server.close(done));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
