/** The manifests each editor reads before it shows Baton, all from one version number. Text in, nothing else; package.ts writes them. */
import { CEP_BUNDLE, CEP_PANEL, RESOLVE_PLUGIN, UXP_PLUGIN } from '../bridge/product.ts';
import { SERVE_PORTS } from '../bridge/service-file.ts';

/** A panel may be as small as this, in pixels. */
const SMALLEST = { width: 230, height: 200 };
const PREFERRED = { width: 400, height: 720 };

/** `baton serve` on this machine, and nothing else. UXP was seen to want the port too; some builds may not. */
const SERVE = ['http://127.0.0.1', ...SERVE_PORTS.map((port) => `http://127.0.0.1:${port}`)];

/** The port of Chromium's inspector when the debug flag is set: http://localhost:8098. */
const INSPECTOR_PORT = 8098;

const size = (name: string, { width, height }: { width: number; height: number }) =>
  `            <${name}>\n              <Height>${height}</Height>\n              <Width>${width}</Width>\n            </${name}>`;

/** CSXS/manifest.xml. An open range of hosts: a single number was reported to hide panels in later versions. */
export function cepManifest(version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ExtensionManifest Version="6.0" ExtensionBundleId="${CEP_BUNDLE}" ExtensionBundleVersion="${version}" ExtensionBundleName="Baton">
  <ExtensionList>
    <Extension Id="${CEP_PANEL}" Version="${version}" />
  </ExtensionList>
  <ExecutionEnvironment>
    <HostList>
      <Host Name="PPRO" Version="[22.0,99.9]" />
    </HostList>
    <LocaleList>
      <Locale Code="All" />
    </LocaleList>
    <RequiredRuntimeList>
      <RequiredRuntime Name="CSXS" Version="11.0" />
    </RequiredRuntimeList>
  </ExecutionEnvironment>
  <DispatchInfoList>
    <Extension Id="${CEP_PANEL}">
      <DispatchInfo>
        <Resources>
          <MainPath>./panel/index.html</MainPath>
          <CEFCommandLine>
            <Parameter>--enable-nodejs</Parameter>
            <Parameter>--mixed-context</Parameter>
          </CEFCommandLine>
        </Resources>
        <Lifecycle>
          <AutoVisible>true</AutoVisible>
        </Lifecycle>
        <UI>
          <Type>Panel</Type>
          <Menu>Baton</Menu>
          <Geometry>
${size('Size', PREFERRED)}
${size('MinSize', SMALLEST)}
          </Geometry>
          <Icons>
            <Icon Type="Normal">./icons/baton-light.png</Icon>
            <Icon Type="RollOver">./icons/baton-light.png</Icon>
            <Icon Type="DarkNormal">./icons/baton-dark.png</Icon>
            <Icon Type="DarkRollOver">./icons/baton-dark.png</Icon>
          </Icons>
        </UI>
      </DispatchInfo>
    </Extension>
  </DispatchInfoList>
</ExtensionManifest>
`;
}

/** .debug, beside CSXS/: lets an inspector in while the debug flag is set, and does nothing without it. */
export function cepDebug(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ExtensionList>
  <Extension Id="${CEP_PANEL}">
    <HostList>
      <Host Name="PPRO" Port="${INSPECTOR_PORT}" />
    </HostList>
  </Extension>
</ExtensionList>
`;
}

/** manifest.json. One host: a list is for development only and a shipped .ccx with one is refused. */
export function uxpManifest(version: string, main: string): string {
  const icon = (theme: string[], path: string) => ({ width: 23, height: 23, path, scale: [1, 2], theme });
  const manifest = {
    manifestVersion: 5,
    id: UXP_PLUGIN,
    name: 'Baton',
    version,
    main,
    host: { app: 'premierepro', minVersion: '25.6.0' },
    entrypoints: [
      {
        type: 'panel',
        id: `${UXP_PLUGIN}.panel`,
        label: { default: 'Baton' },
        minimumSize: SMALLEST,
        preferredDockedSize: PREFERRED,
        preferredFloatingSize: PREFERRED,
        icons: [
          icon(['darkest', 'dark', 'medium'], 'icons/baton-dark.png'),
          icon(['lightest', 'light'], 'icons/baton-light.png'),
        ],
      },
    ],
    requiredPermissions: {
      // Media, manifest and cuts lie wherever the production keeps them.
      localFileSystem: 'fullAccess',
      clipboard: 'readAndWrite',
      // The panel itself, from the plugin's own folder; no page of the web.
      webview: { allow: 'yes', domains: [], allowLocalRendering: 'yes', enableMessageBridge: 'localOnly' },
      network: { domains: SERVE },
    },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** manifest.xml of the Workflow Integration: exactly the five fields Resolve reads. */
export function resolveManifest(version: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<BlackmagicDesign>
  <Plugin>
    <Id>${RESOLVE_PLUGIN}</Id>
    <Name>Baton</Name>
    <Version>${version}</Version>
    <Description>Hands a shoot over to the edit, and the locked cut back.</Description>
    <FilePath>main.js</FilePath>
  </Plugin>
</BlackmagicDesign>
`;
}
