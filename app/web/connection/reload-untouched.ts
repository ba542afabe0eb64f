let isTouched = false;

/** Remembers whether someone used this page, so that what they did with it can be kept. */
export function watchForUse() {
  const options = { capture: true, once: true };
  for (const event of ["keydown", "pointerdown"]) {
    window.addEventListener(
      event,
      () => {
        isTouched = true;
      },
      options,
    );
  }
}

const RELOADED_FOR = "reloaded-for-build";

/**
 * Loads a page again that no one has used, such as the one on the screen at the wall: there is nothing to lose. Once for
 * each build, so that two servers of different builds cannot keep it loading.
 */
export function reloadUntouched(build: string) {
  if (isTouched || sessionStorage.getItem(RELOADED_FOR) === build) return;
  sessionStorage.setItem(RELOADED_FOR, build);
  window.location.reload();
}
