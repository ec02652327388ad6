/**
 * Resolve's own module, `WorkflowIntegration.node`, which the installer copies from the user's installation beside this file. It is
 * never part of Baton.
 */

/** What it exports; the promises came with 20.1. */
export interface WorkflowIntegration {
  Initialize(id: string): unknown;
  InitializePromise?(id: string): Promise<unknown>;
  GetResolve(): unknown;
  GetResolvePromise?(): Promise<unknown>;
  SetAPITimeout?(seconds: number): unknown;
}

/** A call blocks while Resolve shows a dialog; an import from a slow drive takes minutes. */
const TIMEOUT_SECONDS = 300;

/** Resolve's root object. Throws an Error with a sentence for people. */
export async function openResolve(module: WorkflowIntegration, id: string): Promise<object> {
  const begun = module.InitializePromise ? await module.InitializePromise(id) : module.Initialize(id);
  if (begun !== true)
    throw new Error(
      'Resolve did not let the plugin in: restart Resolve, and install the plugin again if that does not help.',
    );
  await module.SetAPITimeout?.(TIMEOUT_SECONDS);
  const resolve = module.GetResolvePromise ? await module.GetResolvePromise() : module.GetResolve();
  if (typeof resolve !== 'object' || resolve === null)
    throw new Error(
      'Resolve does not answer the plugin: it may still be starting. Close this window and open it again.',
    );
  return resolve;
}
