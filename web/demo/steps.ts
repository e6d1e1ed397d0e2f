import * as m from "../locales/gen/messages";

/** The nine steps: each is a sentence of the article, done instead of read. */
export const steps: { key: string; title: () => string; how: () => string }[] = [
  { key: "accept", title: m.demoStepAccept, how: m.demoStepAcceptHow },
  { key: "rona", title: m.demoStepRona, how: m.demoStepRonaHow },
  { key: "transfer", title: m.demoStepTransfer, how: m.demoStepTransferHow },
  { key: "dropped", title: m.demoStepDropped, how: m.demoStepDroppedHow },
  { key: "conference", title: m.demoStepConference, how: m.demoStepConferenceHow },
  { key: "long", title: m.demoStepLong, how: m.demoStepLongHow },
  { key: "reserved", title: m.demoStepReserved, how: m.demoStepReservedHow },
  { key: "asset", title: m.demoStepAsset, how: m.demoStepAssetHow },
  { key: "network", title: m.demoStepNetwork, how: m.demoStepNetworkHow },
];
