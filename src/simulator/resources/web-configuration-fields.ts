import type { Fields } from "../shape.ts";
import { flag, idOf, list, object, oneOf, ref, required, text, whole } from "../shape.ts";

const knowledgeBase = ref("knowledge-base", { shows: ["selfUri"] });
const enabled = object({ enabled: flag });
const channels = list(oneOf("Webmessaging", "Voice"));
const image = object({ source: object({ defaultUrl: text }) });
const media = { allowCamera: flag, allowScreenShare: flag, allowMicrophone: flag };

const conversations = object({
  enabled: flag,
  showAgentTypingIndicator: flag,
  showUserTypingIndicator: flag,
  autoStart: enabled,
  markdown: enabled,
  conversationDisconnect: object({ enabled: flag, type: oneOf("Send", "ReadOnly") }),
  conversationClear: enabled,
  humanize: object({ enabled: flag, bot: object({ name: text, avatarUrl: text }) }),
  notifications: object({
    enabled: flag,
    notificationContentType: oneOf("IncludeMessagesContent", "ExcludeMessagesContent"),
  }),
  sessionDurationSeconds: whole,
});

const messenger = object({
  enabled: flag,
  styles: object({ primaryColor: text }),
  launcherButton: object({
    visibility: oneOf("On", "Off", "OnDemand"),
    displayType: oneOf("IconAndText", "Icon", "Text"),
    icon: object({ url: text }),
  }),
  fileUpload: object({
    enableAttachments: flag,
    modes: list(object({ fileTypes: list(oneOf("image/jpeg", "image/gif", "image/png")), maxFileSizeKB: whole })),
  }),
  apps: object({ conversations, knowledge: object({ enabled: flag, knowledgeBase }) }),
  homeScreen: object({ enabled: flag, logoUrl: text }),
  sessionPersistenceType: oneOf("AcrossSubdomains", "DomainOrSubdomainOnly"),
});

const screenModule = object({
  type: oneOf("Search", "Categories", "FAQ", "Contact", "Results", "Article", "TopViewedArticles"),
  enabled: flag,
  compactCategoryModuleTemplate: object({ active: flag }),
  detailedCategoryModuleTemplate: object({ active: flag, sidebar: enabled }),
});

const supportCenter = object({
  enabled: flag,
  knowledgeBase,
  customMessages: list(object({ defaultValue: text, type: oneOf("Welcome", "Fallback") })),
  routerType: oneOf("Hash", "Browser"),
  screens: list(
    object({ type: oneOf("Home", "Category", "SearchResults", "Article"), moduleSettings: list(screenModule) }),
  ),
  enabledCategories: list(object({ id: text, image })),
  labelFilter: object({ labels: list(object({ id: text })) }),
  styleSetting: object({
    heroStyle: object({ backgroundColor: text, textColor: text, image }),
    globalStyle: object({
      ...{ backgroundColor: text, primaryColor: text, primaryColorDark: text, primaryColorLight: text },
      ...{ textColor: text, fontFamily: text },
    }),
  }),
  feedback: enabled,
});

const cobrowse = object({
  enabled: flag,
  allowAgentControl: flag,
  allowAgentNavigation: flag,
  allowDraw: flag,
  maskSelectors: list(text),
  channels,
  readonlySelectors: list(text),
  pauseCriteria: list(
    object({
      urlFragment: text,
      condition: oneOf("Includes", "DoesNotInclude", "StartsWith", "EndsWith", "Equals"),
    }),
  ),
});

const selectorEvents = list(object({ selector: text, eventName: text }));
const queryParameters: Fields = {
  excludedQueryParameters: list(text),
  shouldKeepUrlFragment: flag,
  searchQueryParameters: list(text),
};

const journeyEvents = object({
  enabled: flag,
  ...queryParameters,
  pageviewConfig: oneOf("Auto", "Once", "Off"),
  clickEvents: selectorEvents,
  formsTrackEvents: list(
    object({ selector: text, formName: text, captureDataOnFormAbandon: flag, captureDataOnFormSubmit: flag }),
  ),
  idleEvents: list(object({ eventName: text, idleAfterSeconds: whole })),
  inViewportEvents: selectorEvents,
  scrollDepthEvents: list(object({ percentage: whole, eventName: text })),
  trackingSettings: object({ ...queryParameters, ipFilters: list(object({ ipAddress: text, name: text })) }),
});

const video = object({
  enabled: flag,
  channels,
  agent: object({ ...media, background: oneOf("BLUR", "NONE", "IMAGE"), backgroundImage: object({ url: text }) }),
  user: object(media),
});

const label = oneOf(
  ...["MessengerHomeHeaderTitle", "MessengerHomeHeaderSubTitle", "PushNotificationTitle", "PushNotificationBody"],
  "MessengerLauncherButtonText",
);

/** What a configuration of web messaging holds (definition WebDeploymentConfigurationVersion). */
export const webConfigurationFields: Fields = {
  name: required(text),
  description: text,
  headlessMode: enabled,
  languages: list(text),
  defaultLanguage: text,
  customI18nLabels: list(object({ language: text, localizedLabels: list(object({ key: label, value: text })) })),
  messenger,
  position: object({ alignment: oneOf("Auto", "Left", "Right"), sideSpace: whole, bottomSpace: whole }),
  supportCenter,
  cobrowse,
  journeyEvents,
  authenticationSettings: object({ enabled: flag, integrationId: idOf("integration"), allowSessionUpgrade: flag }),
  video,
};
