const media = { allowCamera: true, allowScreenShare: false, allowMicrophone: true };
const image = { source: { defaultUrl: "https://images.example.com/a.png" } };
const event = { selector: "#buy", eventName: "buy" };
const parameters = { excludedQueryParameters: ["token"], shouldKeepUrlFragment: true, searchQueryParameters: ["q"] };

const conversations = {
  enabled: true,
  showAgentTypingIndicator: true,
  showUserTypingIndicator: false,
  autoStart: { enabled: false },
  markdown: { enabled: true },
  conversationDisconnect: { enabled: true, type: "ReadOnly" },
  conversationClear: { enabled: true },
  humanize: { enabled: true, bot: { name: "Robin", avatarUrl: "https://images.example.com/robin.png" } },
  notifications: { enabled: true, notificationContentType: "ExcludeMessagesContent" },
  sessionDurationSeconds: 86400,
};

function supportCenter(knowledgeBase: { readonly id: string }): object {
  const colours = { primaryColor: "#111111", primaryColorDark: "#000000", primaryColorLight: "#222222" };
  return {
    enabled: true,
    knowledgeBase,
    customMessages: [{ defaultValue: "Welcome", type: "Welcome" }],
    routerType: "Hash",
    screens: [
      {
        type: "Home",
        moduleSettings: [
          {
            type: "Categories",
            enabled: true,
            compactCategoryModuleTemplate: { active: true },
            detailedCategoryModuleTemplate: { active: false, sidebar: { enabled: true } },
          },
        ],
      },
    ],
    enabledCategories: [{ id: "0f5b8c0e-6b39-4f4c-9a6b-3d5c7a1e2f40", image }],
    labelFilter: { labels: [{ id: "label" }] },
    styleSetting: {
      heroStyle: { backgroundColor: "#ffffff", textColor: "#000000", image },
      globalStyle: { ...colours, backgroundColor: "#ffffff", textColor: "#000000", fontFamily: "Arial" },
    },
    feedback: { enabled: true },
  };
}

const journeyEvents = {
  enabled: true,
  ...parameters,
  pageviewConfig: "Auto",
  clickEvents: [event],
  formsTrackEvents: [
    { selector: "form", formName: "order", captureDataOnFormAbandon: false, captureDataOnFormSubmit: true },
  ],
  idleEvents: [{ eventName: "idle", idleAfterSeconds: 60 }],
  inViewportEvents: [event],
  scrollDepthEvents: [{ percentage: 50, eventName: "half" }],
  trackingSettings: { ...parameters, ipFilters: [{ ipAddress: "192.0.2.0/24", name: "Office" }] },
};

const cobrowse = {
  enabled: true,
  allowAgentControl: true,
  allowAgentNavigation: false,
  allowDraw: true,
  maskSelectors: [".secret"],
  channels: ["Webmessaging", "Voice"],
  readonlySelectors: [".fixed"],
  pauseCriteria: [{ urlFragment: "/pay", condition: "Includes" }],
};

/** A configuration of web messaging with everything that it may hold (definition WebDeploymentConfigurationVersion). */
export function fullConfiguration(knowledgeBase: { readonly id: string }, integrationId: string): object {
  return {
    name: "Everything",
    description: "Has it all",
    headlessMode: { enabled: false },
    languages: ["en-us", "de-de"],
    defaultLanguage: "en-us",
    customI18nLabels: [{ language: "en-us", localizedLabels: [{ key: "MessengerHomeHeaderTitle", value: "Hello" }] }],
    messenger: {
      enabled: true,
      styles: { primaryColor: "#112233" },
      launcherButton: {
        visibility: "On",
        displayType: "IconAndText",
        icon: { url: "https://images.example.com/i.png" },
      },
      fileUpload: { enableAttachments: true, modes: [{ fileTypes: ["image/png"], maxFileSizeKB: 512 }] },
      apps: { conversations, knowledge: { enabled: true, knowledgeBase } },
      homeScreen: { enabled: true, logoUrl: "https://images.example.com/logo.png" },
      sessionPersistenceType: "AcrossSubdomains",
    },
    position: { alignment: "Right", sideSpace: 20, bottomSpace: 12 },
    supportCenter: supportCenter(knowledgeBase),
    cobrowse,
    journeyEvents,
    authenticationSettings: { enabled: true, integrationId, allowSessionUpgrade: true },
    video: {
      enabled: true,
      channels: ["Webmessaging"],
      agent: { ...media, background: "IMAGE", backgroundImage: { url: "https://images.example.com/b.png" } },
      user: media,
    },
  };
}
