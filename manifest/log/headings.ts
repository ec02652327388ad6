/**
 * The headings people give the columns of log sheets, in English, German, French, Spanish, Italian and Portuguese: small letters,
 * no accents, no punctuation, and without words for "number". columns.ts compares with these.
 */
import type { LogMeaning } from '../documents/log.ts';

export const HEADINGS: Record<LogMeaning, string> = {
  scene:
    'scene, sc, scn, szene, sz, szenen, szenennummer, szenennr, bild, bildnr, bildnummer, sequence, seq, escena, esc, secuencia, scena, cena',
  setup:
    'setup, set up, slate, shot, einstellung, einst, einstellungsnr, einstellungsnummer, plan, ardoise, plano, pizarra, inquadratura, inq, claquete',
  take: 'take, tk, take id, klappe, klappennr, prise, toma, ciak, tomada',
  'scene-take':
    'scene take, sc tk, slate take, shot take, setup take, scene shot take, scene slate take, scene setup take, szene take, szene klappe, bild take, bild klappe, sequence prise, plan prise, seq plan prise, escena toma, plano toma, escena plano toma, scena ciak, scena take, scena inquadratura ciak, cena take, cena plano take, clapper',
  camera: 'camera, cam, camera letter, camera id, camera unit, kamera, kam, camara, telecamera, mdp',
  reel: 'reel, reel name, camera roll, cam roll, camroll, camera reel, camera card, roll, card, mag, magazine, tape, kamerarolle, kamerakarte, karte, rolle, speicherkarte, bobine, carte, carte camera, magasin, rollo, rollo camara, tarjeta, tarjeta camara, carrete, rullo, rullo camera, scheda, rolo, rolo camera, cartao, cartao camera',
  'sound-roll':
    'sound roll, soundroll, sr, snd roll, sound reel, sound card, sound tape, audio roll, tonrolle, ton rolle, tonkarte, bobine son, carte son, rollo sonido, rollo de sonido, rollo audio, tarjeta sonido, rullo audio, rullo suono, rolo som, rolo de som, rolo audio, cartao som',
  file: 'file, filename, file name, clip, clip name, clipname, clip id, picture file, video file, media file, source file, camera file, cam file, camera clip, cam clip, original file name, original filename, dateiname, datei, clipdatei, videodatei, kameraclip, fichier, nom fichier, nom du fichier, nom de fichier, nom du clip, archivo, nombre archivo, nombre de archivo, nombre del archivo, nombre del clip, fichero, nome file, nome del file, nome clip, nome del clip, arquivo, nome arquivo, nome do arquivo, ficheiro, nome do ficheiro, nome do clip',
  'sound-file':
    'sound file, sound file name, sound filename, sound clip, audio file, audio file name, audio filename, audio clip, wav, wav file, wav name, tondatei, ton datei, audiodatei, fichier son, fichier audio, archivo sonido, archivo de sonido, archivo audio, archivo de audio, file audio, file suono, arquivo de som, arquivo audio, arquivo de audio',
  sound:
    'sound, audio, ton, sound type, sound status, sync, sync mos, mos sync, audio sync, son, sonido, suono, som',
  mos: 'mos, m o s, stumm, muet, muette, mudo, muda, muto, ohne ton, sans son, sin sonido, senza suono, sem som',
  wild: 'wild, wt, wild track, wildtrack, nurton, nur ton, son seul, solo sonido, solo suono, som direto sem imagem',
  circled:
    'circled, circle, circled take, circle take, circled takes, print, printed, prints, select, selected, selects, kopierer, kopieren, kop, k, favorit, director pick, director select, best take, favorite, favourite, pick, cerclee, cercle, prise cerclee, entouree, retenue, a tirer, seleccionada, seleccion, elegida, circulada, cerchiata, selezionata, da stampare, selecionada, escolhida',
  good: 'good, good take, ok, gut, bon, bonne, bonne prise, buena, buena toma, bueno, buona, buono, boa, bom',
  rejected:
    'ng, n g, no good, not good, reject, rejected, do not use, dnu, false start, unbrauchbar, verworfen, mauvaise, rejetee, mala, descartada, scarto, scartata, ruim, rejeitada',
  status:
    'status, rating, take status, take rating, quality, bewertung, wertung, statut, evaluation, qualite, estado, calidad, stato, qualita, qualidade',
  start:
    'tc in, tcin, in tc, start tc, tc start, start timecode, start time code, timecode start, timecode in, time code in, in, start, in point, start time, timecode, time code, tc, startzeit, tc anfang, anfang, tc beginn, beginn, tc debut, debut, tc entree, entree, tc de debut, tc inicio, inicio, tc entrada, entrada, tc de entrada, tc inizio, inizio, tc ingresso, tc de inicio',
  end: 'tc out, tcout, out tc, end tc, tc end, end timecode, end time code, timecode end, timecode out, time code out, out, end, out point, end time, endzeit, tc ende, ende, tc fin, fin, tc sortie, sortie, tc de fin, tc salida, salida, tc de salida, tc final, tc fine, fine, tc uscita, uscita, tc fim, fim, tc saida, saida',
  duration:
    'duration, duration tc, dur, length, clip length, take length, running time, runtime, dauer, lange, laufzeit, duree, longueur, duracion, longitud, durata, lunghezza, duracao, comprimento',
  rate: 'frame rate, framerate, tc rate, timecode rate, project rate, project fps, bildrate, bildfrequenz, cadence, velocidad de cuadros',
  author:
    'author, by, note by, notes by, noted by, comment by, commenter, who, written by, created by, verfasser, von, auteur, par, autor, por, autore, da parte di',
  clap: 'clap, clap tc, clap timecode, clap frame, clap in, slate tc, slate timecode, slate frame, slate clap, slate in, sync tc, sync timecode, sync frame, sync point, sync mark, sticks, sticks tc, stix, clapper tc, klappe tc, klappen tc, klappenschlag, klappe zu, klappenbild, tc klappe, synchronpunkt, synchronklappe, clap image, image clap, tc clap, image du clap, claquement, point de synchro, tc ardoise, claqueta tc, tc claqueta, tc de claqueta, golpe de claqueta, palmada, punto de sincronia, ciak tc, tc ciak, battuta ciak, colpo di ciak, fotogramma ciak, punto di sincrono, claquete tc, tc claquete, batida de claquete, batida da claquete, ponto de sincronia',
  tags: 'tags, keywords, keyword, key words, scene tags, scene keywords, character, characters, cast, actor, actors, talent, people, emotion, emotions, mood, schlagwort, schlagworte, schlagworter, stichwort, stichworte, figur, figuren, darsteller, emotionen, stimmung, mots cles, mot cle, personnage, personnages, comediens, humeur, palabras clave, etiquetas, personaje, personajes, reparto, emocion, emociones, animo, parole chiave, personaggio, personaggi, interpreti, emozione, emozioni, umore, palavras chave, personagem, personagens, elenco, emocao, emocoes',
  'note-timecode':
    'note tc, note timecode, notes tc, comment tc, comment timecode, marker tc, marker timecode, tc note, tc notiz, tc nota, tc remarque',
  'note-offset': 'note offset, comment offset, time in clip, offset in clip',
  'note-frame': 'note frame, comment frame, frame in clip',
  note: 'note, notes, general notes, take notes, shot notes, slate notes, clip notes, comment, comments, remark, remarks, notiz, notizen, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen, remarque, remarques, commentaire, commentaires, observation, observations, nota, notas, comentario, comentarios, observacion, observaciones, commento, commenti, osservazione, osservazioni, annotazioni, observacao, observacoes, obs',
  'note:director':
    'director, director notes, director note, director comments, dir notes, regie, regienotizen, regie notizen, anmerkungen regie, kommentar regie, realisateur, notes real, notes realisateur, notes realisation, commentaires realisateur, director notas, notas director, notas del director, comentarios director, comentarios del director, regia, regista, note regia, note regista, note del regista, diretor, diretora, direcao, notas direcao, notas diretor, notas do diretor, realizador',
  'note:camera':
    'camera notes, camera note, camera comments, camera remarks, cam notes, dp, dop, dp notes, dop notes, dp comments, kameranotizen, kamera notizen, kamera bemerkungen, notes camera, notes image, remarques image, chef op, chef operateur, notas camara, notas de camara, notas foto, fotografia, notas fotografia, note camera, note fotografia, notas camera, notas de camera',
  'note:sound':
    'sound notes, sound note, sound comments, sound remarks, audio notes, mixer notes, sound mixer notes, ton notizen, tonnotizen, ton bemerkungen, notes son, remarques son, notas sonido, notas de sonido, note audio, note suono, fonico, notas som, notas de som',
  'note:script':
    'script, script notes, script note, script supervisor, script supervisor notes, continuity, continuity notes, editor notes, editorial notes, notes for editor, notes to editor, anschluss, anschlusse, script notizen, scripte, notes scripte, raccord, raccords, continuidad, notas script, notas continuidad, notas de continuidad, segretaria di edizione, edizione, note edizione, continuita, continuidade, notas de continuidade, anotacao',
  'note:vfx': 'vfx, vfx note, vfx notes, vfx comments, notes vfx, notas vfx, note vfx, effets, notes effets',
};

/** Headings in which `no` is not short for number. */
export const WHOLE_HEADINGS = new Set(['no good', 'n g', 'no sound']);

/** Words for "number", which tell nothing of a column. */
export const NUMBER_WORDS = new Set('no nr num number numbers nummer numero n nro'.split(' '));
