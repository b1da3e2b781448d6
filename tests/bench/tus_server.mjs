/* @tus/server as its README starts it, with its files in a folder: node tests/bench/tus_server.mjs PORT FOLDER. */
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [port, directory] = process.argv.slice(2);
new Server({ path: "/files", datastore: new FileStore({ directory }) }).listen({ host: "127.0.0.1", port });
