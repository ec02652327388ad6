/**
 * The two ends of a UXP WebView: the panel's page posts to `window.uxpHost`, the plugin to its `<webview>` element, and each hears
 * `message` events on its own window. Only the other end is listened to.
 */
import { asking, type Asking, type Endpoint } from './bridge.ts';

interface Posting {
  postMessage(message: unknown): void;
}
interface Page {
  uxpHost?: Posting;
  addEventListener(type: 'message', listener: (event: { source?: unknown; data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { source?: unknown; data: unknown }) => void): void;
}

/** Of a window and the one it speaks with. */
export function windowEndpoint(page: Page, other: Posting): Endpoint {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- UXP's own, which has one other end and takes no origin
    post: (message) => other.postMessage(message),
    hear(listener) {
      const hear = (event: { source?: unknown; data: unknown }) => {
        // Some builds were seen to leave the source out.
        if (event.source === undefined || event.source === null || event.source === other)
          listener(event.data);
      };
      page.addEventListener('message', hear);
      return () => page.removeEventListener('message', hear);
    },
  };
}

let bridge: Asking | null = null;

/** The way out of a page inside a UXP WebView; null where the page is somewhere else. One for the life of the page. */
export function webviewBridge(page: Page = globalThis as unknown as Page): Asking | null {
  if (!page.uxpHost) return null;
  return (bridge ??= asking(windowEndpoint(page, page.uxpHost)));
}
