// A person at a Matrix client with end-to-end encryption (matrix-js-sdk with its
// Rust crypto). Environment: HOMESERVER, USER, PASSWORD, ROOM. Each line of input
// is something to do:
//
//   {"say": "words", "thread": "$event"}    {"react": "✅", "event": "$event"}
//
// and each line of output an event of the room as the person sees it.
import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";

logger.setLevel?.("silent");
for (const name of ["log", "info", "debug", "warn", "trace"]) console[name] = () => {};

const { HOMESERVER, USER, PASSWORD, ROOM } = process.env;
const tell = (o) => process.stdout.write(JSON.stringify(o) + "\n");

const login = await sdk.createClient({ baseUrl: HOMESERVER }).loginRequest({
  type: "m.login.password",
  identifier: { type: "m.id.user", user: USER },
  password: PASSWORD,
});
const client = sdk.createClient({
  baseUrl: HOMESERVER,
  userId: login.user_id,
  deviceId: login.device_id,
  accessToken: login.access_token,
  threadSupport: true,
});
await client.initRustCrypto({ useIndexedDB: false });

const seen = new Set();
const show = async (event) => {
  if (event.getRoomId() !== ROOM) return;
  await client.decryptEventIfNeeded(event);
  if (event.isEncrypted() && event.isBeingDecrypted()) return;
  const failed = event.isDecryptionFailure();
  const once = event.getId() + failed;
  if (seen.has(once)) return;
  seen.add(once);
  const content = event.getContent();
  const relation = event.getWireContent()["m.relates_to"] ?? {};
  const info = event.isEncrypted() && !failed ? await client.getCrypto().getEncryptionInfoForEvent(event) : null;
  tell({
    event: event.getId(),
    sender: event.getSender(),
    type: event.getType(),
    kind: content.msgtype,
    body: content["m.new_content"]?.body ?? content.body,
    html: content["m.new_content"]?.formatted_body ?? content.formatted_body,
    mentions: content["m.mentions"],
    relation: relation.rel_type,
    target: relation.event_id,
    encrypted: event.isEncrypted(),
    failed,
    shield: info?.shieldReason ?? null,
  });
};
client.on(sdk.RoomEvent.Timeline, show);
client.on(sdk.MatrixEventEvent.Decrypted, show);

const prepared = new Promise((done) => client.on(sdk.ClientEvent.Sync, (state) => state === "PREPARED" && done()));
await client.startClient({ threadSupport: true, initialSyncLimit: 50 });
await prepared;
tell({ ready: true, device: login.device_id });

for await (const line of createInterface({ input: process.stdin })) {
  const todo = JSON.parse(line);
  if (todo.say) {
    const content = { msgtype: "m.text", body: todo.say };
    if (todo.thread) content["m.relates_to"] = { rel_type: "m.thread", event_id: todo.thread };
    const sent = await client.sendMessage(ROOM, content);
    tell({ sent: sent.event_id });
  }
  if (todo.react) {
    const sent = await client.sendEvent(ROOM, "m.reaction", {
      "m.relates_to": { rel_type: "m.annotation", event_id: todo.event, key: todo.react },
    });
    tell({ sent: sent.event_id });
  }
}
client.stopClient();
process.exit(0);
