import { readFlow } from "../architect/document.ts";
import { textAt } from "../json.ts";
import type { Setup } from "../resource.ts";
import { entriesOf } from "../store.ts";
import { publishFlow } from "./flow-publish.ts";

function yaml(divisionName: string): string {
  return `inqueueCall:
  name: Default In-Queue Flow
  description: ""
  division: ${JSON.stringify(divisionName)}
  defaultLanguage: en-us
  supportedLanguages:
    en-us:
      defaultLanguageSkill:
        noValue: true
      textToSpeech:
        defaultEngine:
          voice: Jill
  settingsInQueueCall:
    holdMusic:
      lit:
        name: PromptSystem.on_hold_music
  startUpTaskActions:
    - holdMusic:
        name: Hold Music
        prompt:
          exp: Flow.HoldPrompt
        bargeInEnabled:
          lit: false
        playStyle:
          entirePrompt: true
`;
}

/** The in-queue flow that the platform itself provides; nobody can change, publish or delete it (genesys-api §4.3). */
export function defaultInQueueFlow({ org, now }: Setup): void {
  const home = entriesOf(org, "division").find((division) => division.id === org.homeDivisionId);
  const text = yaml(textAt(home?.data.name));
  const read = readFlow(text);
  if (!("flow" in read)) return;
  const published = publishFlow(org, read.flow, text, { clientId: org.admin.id, now });
  if ("flow" in published) published.flow.data = { ...published.flow.data, system: true };
}
