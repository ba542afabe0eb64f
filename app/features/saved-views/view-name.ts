import { DomainError } from "~/features/domain-error";

export const LONGEST_NAME = 60;

/** @throws DomainError "invalid" for a name that is empty or too long, space around it not counted */
export function readViewName(text: string): string {
  const name = text.trim();
  if (name === "") throw new DomainError("invalid", "Give the view a name.");
  if (Array.from(name).length <= LONGEST_NAME) return name;
  throw new DomainError("invalid", `A view's name has at most ${LONGEST_NAME} characters.`);
}
