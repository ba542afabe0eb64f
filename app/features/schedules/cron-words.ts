const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const digits = (text: string) => text.padStart(2, "0");
const isNumber = (field: string) => /^\d+$/.test(field);

/**
 * A cron expression of five fields in words, as far as schedules use them; null for one that has no short sentence, for
 * which the expression must do.
 */
export function cronWords(cron: string): string | null {
  const [minute = "", hour = "", dayOfMonth = "", month = "", weekday = "", ...more] = cron.trim().split(/\s+/);
  if (weekday === "" || more.length > 0 || month !== "*") return null;
  const isEveryDay = dayOfMonth === "*" && weekday === "*";
  if (isNumber(minute) && isNumber(hour)) {
    const day = dayWords(dayOfMonth, weekday);
    return day && `${day} at ${digits(hour)}:${digits(minute)}`;
  }
  if (!isEveryDay) return null;
  if (hour === "*") return withinHours(minute);
  const hours = stepOf(hour);
  if (hours && isNumber(minute)) return `Every ${hours} hours, ${minutesPast(minute)}`;
  return null;
}

function dayWords(dayOfMonth: string, weekday: string): string | null {
  if (dayOfMonth === "*" && weekday === "*") return "Every day";
  if (dayOfMonth === "*" && weekday === "1-5") return "Monday to Friday";
  if (dayOfMonth === "*" && isNumber(weekday)) return `Every ${days[Number(weekday) % 7]}`;
  if (weekday === "*" && isNumber(dayOfMonth)) return `Day ${Number(dayOfMonth)} of each month`;
  return null;
}

function withinHours(minute: string): string | null {
  if (minute === "*") return "Every minute";
  const minutes = stepOf(minute);
  if (minutes) return `Every ${minutes} minutes`;
  return isNumber(minute) ? `Every hour, ${minutesPast(minute)}` : null;
}

const minutesPast = (minute: string) =>
  Number(minute) === 0 ? "on the hour" : `${Number(minute)} ${Number(minute) === 1 ? "minute" : "minutes"} past`;

/** The n of "*\/n", where it is more than one. */
function stepOf(field: string): number | null {
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1] ?? 0);
  return step > 1 ? step : null;
}
