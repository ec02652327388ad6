/** References for what XML takes for markup, and for what a reader of attributes would turn into spaces (XML 1.0, 3.3.3). */
export const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
