// What the desk promises about speed, one interaction after the other; the
// table of it is printed at the end.
import { test as scenes } from "../scene";
import { test } from "../world";
import { speeds } from "./record";
import { crowds, longThread } from "./scenes";
import { asset, customers, loads, network, talk } from "./work";

for (const speed of speeds) {
  const at = speed === 1 ? "at full speed" : `at 1/${speed} of the processor`;
  scenes(`a long thread, ${at}`, ({ own }) => longThread(own, speed));
  scenes(`5,000 messages and 1,000 agents, ${at}`, ({ own }) => crowds(own, speed));
  test(`customers one after the other, ${at}`, ({ world }) => customers(world, speed));
  test(`two conversations, ${at}`, ({ world }) => talk(world, speed));
  test(`the network comes back, ${at}`, ({ world }) => network(world, speed));
  test(`coming in, ${at}`, ({ world }) => loads(world, speed));
  test.describe(`an asset, ${at}`, () => {
    test.use({ alone: true });
    test("is deleted", ({ world }) => asset(world, speed));
  });
}
