// An app built with Slack's own framework. It answers the slash command and the
// button of the tests, and tells on its output what it was given.
import bolt from "@slack/bolt";

const { SLACK_API_URL, BOT_TOKEN, APP_TOKEN } = process.env;
const tell = (o) => process.stdout.write(JSON.stringify(o) + "\n");
const app = new bolt.App({
  token: BOT_TOKEN,
  appToken: APP_TOKEN,
  socketMode: true,
  logLevel: "error",
  clientOptions: { slackApiUrl: SLACK_API_URL },
});
app.command("/attribution", async ({ command, ack, respond }) => {
  await ack();
  tell({ command: command.text, user: command.user_id, channel: command.channel_id });
  await respond({ response_type: "ephemeral", replace_original: false, text: "bolt heard " + command.text });
});
app.action(/^why/, async ({ action, body, ack, respond }) => {
  await ack();
  tell({ action: action.action_id, value: action.value, user: body.user.id });
  await respond({ response_type: "in_channel", replace_original: false, text: "bolt pressed " + action.value });
});
await app.start();
tell({ ready: true });
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
