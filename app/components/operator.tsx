import { createContext, useContext } from "react";
import { hasRole, type Role } from "~/features/operators/role";

const RoleContext = createContext<Role>("viewer");

/** The signed-in operator's role, for every control below. */
export const RoleProvider = RoleContext.Provider;

/** Whether to offer a control at all; the server decides again whether it may be used. */
export const useHasRole = (needed: Role) => hasRole(useContext(RoleContext), needed);

/** The signed-in operator's role itself. */
export const useRole = () => useContext(RoleContext);
