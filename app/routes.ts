import { flatRoutes } from "@remix-run/fs-routes";

/** Routes are folders: app/routes/NAME/route.tsx, with what only that page uses beside it. */
export default flatRoutes();
