const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|iw|ks|ps|sd|syr|ug|ur|yi)(?:-|$)|^[a-z]{2,3}-(?:Arab|Hebr|Syrc|Thaa)(?:-|$)/i;

/** Returns the direction in which a language (BCP 47) is written. */
export function direction(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
}
