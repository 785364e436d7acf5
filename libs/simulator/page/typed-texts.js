const keyOf = (place) => `typed in ${place}`;

/** Texts that were begun and not sent, by place. They outlive the page; where nothing can be stored, they do not. */
export const typedTexts = {
  of(place) {
    try {
      return localStorage.getItem(keyOf(place)) ?? '';
    } catch {
      return '';
    }
  },
  keep(place, text) {
    try {
      if (text === '') localStorage.removeItem(keyOf(place));
      else localStorage.setItem(keyOf(place), text);
    } catch {
      // It stays in the field as long as the page is open.
    }
  },
};
