import "./workers"; // before GraphiQL, which looks for them as soon as it loads
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "../session/bar.css";
import "./explorer.css";

import { createRoot } from "react-dom/client";
import { Explorer } from "./Explorer";

createRoot(document.getElementById("explorer")!).render(<Explorer />);
