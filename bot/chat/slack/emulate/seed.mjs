// Prints the emulator's seed: a workspace in which the bot has exactly the
// scopes of its manifest, and a person who may do everything that the tests do.
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";

const manifest = parse(readFileSync(new URL("../manifest.yaml", import.meta.url), "utf8"));
const scopes = manifest.oauth_config.scopes.bot;
const person = ["channels:read", "channels:history", "channels:manage", "groups:history", "im:history", "files:read", "chat:write"];

process.stdout.write(
  stringify({
    slack: {
      team: { name: "Test", domain: "test" },
      users: [{ name: "anna", real_name: "Anna" }],
      channels: [{ name: "alerts", topic: "What is said on attribution" }],
      oauth_apps: [
        {
          client_id: "1.1",
          client_secret: "none",
          app_id: "A0ATTRIBOT",
          name: manifest.display_information.name,
          redirect_uris: [],
          scopes,
          bot_id: "B0ATTRIBOT",
          bot_user_id: "U0ATTRIBOT",
          bot_name: manifest.features.bot_user.display_name,
        },
      ],
      tokens: [
        { token: "xoxb-attribot", type: "bot", user_id: "U0ATTRIBOT", bot_id: "B0ATTRIBOT", bot_user_id: "U0ATTRIBOT", app_id: "A0ATTRIBOT", scopes },
        { token: "xoxp-anna", type: "user", user: "anna", scopes: person },
      ],
      strict_scopes: true,
    },
  }),
);
