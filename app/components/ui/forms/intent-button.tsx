import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, type Variant } from "./button";

type Fields = Record<string, string | number | readonly string[]>;

const entriesOf = (fields: Fields): [name: string, value: string][] =>
  Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );

/** Each value as an input of its own; a list as several of one name. */
export function HiddenFields({ fields }: { fields: Fields }) {
  return entriesOf(fields).map(([name, value]) => (
    <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
  ));
}

/** True while a form of this intent is on its way; with `fields`, one that carries just these. */
export function useIsPending(intent: string, fields?: Fields): boolean {
  const { formData } = useNavigation();
  if (formData?.get("intent") !== intent) return false;
  if (!fields) return true;
  const sent = [...formData].filter(([name]) => name !== "intent");
  const own = entriesOf(fields);
  return sent.length === own.length && own.every(([name, value]) => formData.getAll(name).includes(value));
}

type IntentButtonProps = {
  intent: string;
  fields?: Fields;
  variant?: Variant;
  /** To what it is done, for who does not see what stands around it. */
  about?: string;
  /** A run that it would start is under way already. */
  isRunning?: boolean;
  /** It ends on another page, which begins at its top. */
  leadsAway?: boolean;
  /** The page that answers; this one unless said. */
  action?: string;
  children: ReactNode;
};

/** An action that needs no further answer: a form of one button. */
export function IntentButton({
  intent,
  fields = {},
  variant,
  about,
  isRunning = false,
  leadsAway,
  action,
  children,
}: IntentButtonProps) {
  const isPending = useIsPending(intent, fields) || isRunning;
  return (
    <Form method="post" {...(action && { action })} preventScrollReset={!leadsAway}>
      <HiddenFields fields={fields} />
      <Button type="submit" name="intent" value={intent} {...(variant && { variant })} pending={isPending}>
        <span>
          {children}
          {about && <span className="sr-only">: {about}</span>}
        </span>
      </Button>
    </Form>
  );
}
