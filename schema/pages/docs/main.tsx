import "../session/bar.css";
import "./docs.css";

import { createRoot } from "react-dom/client";
import { loadDocument } from "./document";
import { Page } from "./Page";

const root = createRoot(document.getElementById("docs")!);
loadDocument().then(
  (openapi) => root.render(<Page openapi={openapi} />),
  (error: Error) => root.render(<main>The document could not be loaded: {error.message}</main>),
);
