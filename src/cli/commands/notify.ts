import { EXIT } from "../../model/error.ts";
import { defineCommand, fromOption, toOption } from "../command.ts";

export const notify = defineCommand(
  {
    name: "notify",
    summary: "send a message to chats and webhooks while the standby differs",
    formats: ["text", "json", "markdown"],
    examples: ["lockstep notify", "lockstep notify --test", "lockstep notify --environment production"],
  },
  (command) =>
    command
      .option("--environment <name>", "tells messages apart where a repository keeps several pairs", "")
      .option("--always", "send a message also while the standby stays in step", false)
      .option("--test", "compare nothing, and send a message that says so", false)
      .addOption(fromOption())
      .addOption(toOption()),
  async (context, { config, format, environment, always, test, from, to }) => {
    const { nightlyDrift, openRecipients, tellDrift, tellTest } = await import("../../app/index.ts");
    const { openCliApp } = await import("../open-app.ts");
    const { runPage } = await import("../../collab/event.ts");
    const app = await openCliApp(context, config);
    const recipients = await openRecipients(app);
    const told = recipients.length === 1 ? "1 recipient" : `${recipients.length} recipients`;
    const page = runPage(context.env);
    if (test) {
      await tellTest(app, recipients, { environment, page });
      context.stderr.write(`A test message was sent to ${told}\n`);
      return EXIT.done;
    }
    const { sidePathsOf } = await import("../side-paths.ts");
    const { showReport } = await import("../render-report.ts");
    const found = await nightlyDrift(app, sidePathsOf(context, { from, to, only: [], kind: [] }));
    await showReport(context, found.report, { format, full: false, stat: false });
    const isSent = await tellDrift(app, recipients, found, { environment, page, always });
    context.stderr.write(isSent ? `A message was sent to ${told}\n` : "In step as before: no message was sent\n");
    return found.drift === "some" ? EXIT.differs : EXIT.done;
  },
);
