// The storybook as files: the same code as the desk, with stories.html as its
// page. The desk itself is built without it.
import { mergeConfig } from "vite";
import desk from "./vite.config";

export default mergeConfig(desk, {
  base: "/",
  build: {
    outDir: "../../artifacts/storybook/site",
    rolldownOptions: { input: "stories.html" },
  },
});
