/**
 * What Premiere imports without asking. An unknown type can put up a dialog that blocks the script engine for ever, so
 * nothing else is handed to it. Camera raw that needs a plug-in (BRAW) and project-like files (AAF, XML, PRPROJ) are left out.
 */

const PICTURE = 'mov mp4 m4v mxf avi mpg mpeg m2v mts m2ts m2t 3gp dv wmv vob r3d ari arx crm rmf';
const SOUND = 'wav bwf aif aiff mp3 m4a aac ac3 wma';
const STILL = 'jpg jpeg png tif tiff psd ai eps gif bmp tga dpx exr heic';
const CAPTIONS = 'srt stl scc mcc dfxp';

/** Lower case, no dot. */
export const IMPORTABLE = [PICTURE, SOUND, STILL, CAPTIONS].join(' ').split(' ');
