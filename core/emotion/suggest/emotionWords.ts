import type { ActiveEmotion } from '../emotions';

/** Words and turns of phrase that speak for one emotion. */
export interface EmotionWords {
  /** Stems that name the feeling, or are hardly said without it. */
  readonly strong: string;
  /** Stems that go with it: common, alone they say little. */
  readonly weak: string;
  /** Turns of phrase, separated by commas, each word as it is said. */
  readonly phrases: string;
}

/**
 * Written for Mien from what people say in stories and games; no published list was copied. A stem ends where the word may go
 * on; a full stop pins the whole word.
 */
export const EMOTION_WORDS: Readonly<Record<ActiveEmotion, EmotionWords>> = {
  joy: {
    strong:
      'happ joy delight wonderful glad. overjoy thrill love. loved. loving celebrat hooray hurray yay fantastic marvel bliss cheer ' +
      'glorious splendid magnificent ecstatic elated rejoic grateful blessed triumph wedding married engaged hallelujah woohoo terrific awesome',
    weak:
      'great. good. nice. beautiful perfect thank smile laugh enjoy win. won. winning friend fun. sweet lucky party brilliant welcome ' +
      'congratul dream sunshine best. lovely excite alive. hug. hugs kiss dance dancing sing. singing song. stars. birthday. gift. ' +
      'present. presents finally. proud home. together. hope. hopes. victory success succeeded champion holiday paradise heaven. free. ' +
      'freedom spring. summer. baby. born. safe. forever. healed recovered gorgeous treasure feast. reunited yes. cake. rainbow prettiest',
    phrases:
      'we did it, i did it, you did it, he did it, she did it, said yes, came back, you are back, we made it, you made it, i made it, ' +
      'it worked, it works, getting married, have waited, been waiting for this, so proud of, can not wait, cannot wait, ' +
      "can't wait, all my life, my whole life, dreams come true, dream come true, good to see you, so good to, nothing could be better, " +
      'never been happier, on top of the world, look at the, the war is over, it is a boy, it is a girl, a boy, at last, ' +
      'what a beautiful, what a lovely, what a day, best day, thank you so much, thank god, thank heavens, passed the exam, got the job, i got in',
  },
  sadness: {
    strong:
      'sad. sadness sadly. grief griev mourn heartbroken heartbreak sorrow weep wept miserable lonel lonesome depress tears. hopeless ' +
      'sobbing sobbed despair funeral orphan widow farewell unloved abandoned forsaken homesick melanchol coffin tombstone',
    weak:
      'miss. missed misses missing lost. lose. losing gone. goodbye alone cry crying cried died dying dead. death never. sorry ' +
      'regret empty broken leave. leaving left. hurt hurts tired pity forgotten forgot. buried without over. anymore silent silence ' +
      'grave. graves nobody used. since. remember. remembered faded fading cold. grey. gray. rain. raining failed failure why. gave. ' +
      'last. war. late. ashes. away. passed photograph memories memory unanswered ended wither alas wish.',
    phrases:
      'used to, no one left, nobody left, no one came, nobody came, nobody remembered, no one remembered, never came back, not coming back, ' +
      "isn't coming back, won't come back, is not coming back, will never, too late, without you, without him, without her, without them, " +
      "nothing left, there is nothing left, gave up, give up, can't go on, cannot go on, passed away, since he went, since she left, " +
      'since you left, since he left, since he died, since she died, all my fault, let you down, wish i had, wish you were, if only, ' +
      'so silent, so quiet since, never got to, never said, one last time, the last time i saw, does not matter anymore, ' +
      "doesn't matter anymore, all alone, by myself, on my own, no longer, what is the point, what's the point, do not want to live, " +
      'empty chair, should have been there, could not save, ' +
      "couldn't save, i failed, did not make it, didn't make it, do not love me, does not know me",
  },
  anger: {
    strong:
      'angry anger furious rage hate. hated hates damn bastard infuriat outrag fury enraged livid bloody. scoundrel backstab unforgiv ' +
      'goddamn unacceptable blasted hypocrit swine coward. cowards thief. thieves vermin',
    weak:
      'stop. enough. shut. liar lied lying betray fool idiot stupid blame fault dare. out. fight kill how. revenge traitor cheat ' +
      'insult sick. shame ruin warned never. get. broke. stole. steal robbed murder slap punch smash. pay. told. hundred. thousand. ' +
      'again. touch. move. hands. listen. excuse excuses promise. promised wrong. unfair unjust nerve. disobey ungrateful selfish ' +
      'worthless rotten mess. demand order. ordered forbid fired. sacked lies. lie. swear patience burn. crush destroy throat mine.',
    phrases:
      'how dare, how could you, how could he, how could she, how could they, how many times, i told you, told you a, hundred times, ' +
      'thousand times, last time i, get out, go to hell, to hell with, shut up, shut your, stop it, stop that, leave me alone, ' +
      "had enough, have enough of, i've had it, that is enough, that's enough, sick of, fed up, tired of your, hands off, don't you dare, do not you dare, " +
      "don't touch, do not touch, keep your hands, you promised, you lied, you knew, all your fault, your fault, look what you, what have you done, " +
      'what did you do, you ruined, you broke, you betrayed, you will pay, pay for this, pay for that, before i, out of my, get off, ' +
      "who do you think, i don't care what, i do not care what, none of your business, mind your own, i want my money, " +
      'give it back, give that back, my own brother, behind my back, in my house, you had no right, no right to, not fair, ' +
      'let go of, answer me, look at me when, out of my sight, you never listen, are you deaf, are you blind, are you out of your mind, do as i say',
  },
  fear: {
    strong:
      'afraid scared fear. fears frighten fright terrified terror horrified panic dread petrified haunted creepy nightmare shiver ' +
      'shudder spooky eerie hostage',
    weak:
      'help. run. hide. hiding hid. danger monster dark. darkness coming. behind careful quiet. scream trapped please. trembl shaking ' +
      'ghost blood bleeding worr nervous hear. heard. watching escape threat footsteps shadow. shadows lock. locked door. stairs. ' +
      'noise. noises cellar basement whisper alone. teeth. claws eyes. wolf. wolves bear. snake spider knife. gun. guns. attack poison ' +
      'fire. drown falling fall. edge closer. follow following followed found. finds. creature. inside. outside. lights. move. ' +
      'still. breathing stuck stranger cursed curse. doomed die. killer. beast. growl howl bite.',
    phrases:
      'do not move, stay behind me, stay close, stay quiet, keep quiet, be quiet, very quiet, do not make a, not a sound, make a sound, ' +
      "did you hear, did you see that, what was that, who's there, who is there, is someone there, is anybody there, there's something, there is something, " +
      "there's someone, there is someone, something moved, something move, someone is following, it has seen, they have seen, it found us, " +
      'they found us, finds us, find us, found us, behind the wall, behind the door, behind you, behind us, in the dark, on the stairs, ' +
      "in the walls, under the bed, it's coming, it is coming, they're coming, they are coming, he's coming, he is coming, she is coming, " +
      "don't let it, do not let it, don't let them, don't let him, do not let them, do not let him, let me go, get me out, get us out, we have to go, " +
      "we have to get, we need to get out, can't breathe, cannot breathe, i can not breathe, what if it, what if they, what if he, what if she, " +
      "going to die, gonna die, don't hurt, do not hurt, don't leave me, do not leave me, my heart is, is it gone, are they gone, lock the door, did you lock, " +
      'the lights went, went out, getting closer, coming closer, too high, look down, the ice is, it will break, hold on to me, it is breathing',
  },
  disgust: {
    strong:
      'disgust gross. revolt. revolting vile repuls nause loath sicken yuck yucky filthy filth foul. foulest ew. eww. ugh. gag. ' +
      'gagging retch puke. puked pukes vomit putrid rancid maggot cockroach stench mouldy moldy slimy pus. snot. hideous',
    weak:
      'rotten stink stinks stinking smell smells smelled slime rot. rotting dirty mould mold rat. rats. spit taste. tastes tasted eat. ' +
      'garbage rubbish. sewer nasty sour. crawl crawls crawling worm worms fly. flies. lice fleas dead. sweat sweaty toilet. armpit ' +
      'mud. swamp greasy sticky hair. soup. milk. meat. toenail socks. underwear wash. washed bugs. bug. leech licked lick. chew ' +
      'swallow mouth. drool burp fart spoiled lump lumps dripping fur. unwashed puddle bin. stain stained leftover wet. toad. guts raw.',
    phrases:
      'gone sour, gone bad, gone off, gone mouldy, crawls in, crawling in, crawling out, dead rat, dead mouse, dead fish, take that off, get that off, ' +
      'get that away, take it away, take that away, off my table, off my plate, in my soup, in my food, in the food, do not touch that, ' +
      'you expect me to eat, expect me to eat, did not wash, never washed, never washes, makes me sick, make me sick, going to be sick, ' +
      'going to throw up, throw up, turns my stomach, my stomach, what is that smell, that smell, smells like, smells of, tastes like, full of worms, ' +
      'full of flies, covered in, with your mouth, pick your nose, picks his nose, picking his nose, his feet, your feet, i stepped in, stepped in something, ' +
      'in the sink, in the drain, in the bathtub, still alive in, out of the bin, from the bin, off the floor, has not bathed, it is warm and',
  },
  surprise: {
    strong:
      'surpris astonish unbelievab incredib wow. whoa. woah unexpected shock amaz astound stunned speechless gosh. goodness. blimey ' +
      'gracious flabbergast startl heavens.',
    weak:
      'what. really. suddenly impossible believe. believ serious. seriously imagine imagined already wait. oh. you. here. know. idea. ' +
      'guess expected huh. since. when. how. actually. twins. father. mother. brother. sister. big. huge. alive. truly. kidding. ' +
      'million. disappeared vanished appeared nowhere secret. real. whole. knew. ever. dollars. pounds. twice. thought.',
    phrases:
      'no idea, had no idea, i had no, never knew, i did not know, i did not expect, did not see that coming, never expected, who knew, who would have thought, ' +
      "who'd have thought, wait a, wait you, wait what, wait are you, what on earth, what in the, you are my, you're my, you are the, you mean, " +
      'are you serious, are you kidding, you are kidding, you must be joking, no way, it can not be, it cannot be, that can not be, ' +
      "can't be, that's impossible, that is impossible, is that really, is that you, is it really, is this really, where did you come from, " +
      'where did that come from, how did you, how did it, how is that, how is it possible, since when, you can talk, it talks, it spoke, it moved by, ' +
      'you did all, all of this, all this time, after all these years, out of nowhere, just like that, just appeared, just vanished, just disappeared, ' +
      'i thought you were, thought you were, never seen anything, never seen such, was that big, that big, that much, that many, oh my, my goodness, ' +
      'good heavens, of all people, of all places, did you just, was that you, for me',
  },
  contempt: {
    strong:
      'pathetic contempt despise beneath worthless laughable ridiculous scorn sneer mediocr inferior peasant simpleton imbecile ' +
      'pitiful buffoon commoner nitwit dimwit charlatan incompeten unimpress',
    weak:
      'amateur typical obviously course. sure. whatever weakling little. dare. bother nobody. boring useless expect spare ' +
      'congratulations. clever. small. call. yourself. king. hero. genius. brave. child. children. toy. toys. cute. adorable. ' +
      'servant fool. fools. kind. sort. merely only. such. such. try. tried trying attempt impressive. truly. quaint waste. beggar ' +
      'barely cheap. people. fashion. taste. understand. explain. slow. slowly. simple. poor. joke. clown lesser. suppose. please. surprise.',
    phrases:
      'call yourself, calls himself, calls herself, call this a, call that a, you call this, you call that, such a small, such small, ' +
      'such a little, little man, small man, people like you, your kind, your sort, the likes of you, someone like you, is that all, is that the best, ' +
      'that the best you, best you can do, all you have, all you can, how quaint, how cute, how sweet, how very, how original, how brave, how clever, of course you, ' +
      'as if you, as if i, as if anyone, what do you know, what would you know, you would not understand, you could never, you never could, ' +
      "wouldn't understand, i expected nothing, expected nothing, expected more, waste of time, waste of my, waste of space, not worth, hardly worth, worth my, " +
      'a child could, my dog could, my grandmother could, any fool, even a fool, even you, even a child, spare me, if you say so, good for you, ' +
      "do try, try to keep up, keep up if, don't make me laugh, do not make me laugh, i suppose that is, i suppose you, " +
      'for someone like, in that dress, in those shoes, did your mother, does your mother, you people, you amuse me, who let you, who let him, and you are, bless your heart',
  },
  playful: {
    strong:
      'tease teasing playful mischie wink. winks naughty silly tickl joking kidding prank giggle hehe heehee peekaboo slowcoach ' +
      'slowpoke tag. rascal nincompoop wiggle',
    weak:
      'bet. secret catch. game. games. guess guesses trouble ha. haha maybe. hmm. race race. chase chased dare. trick cheeky ' +
      'darling peek surprise. again. gotcha wonder. puppy. kitten. pie. cookie cookies cake. hid. hide. seek. shoes. nose. hat. ' +
      'tongue. pants. banana ticklish monkey well. cannot. perhaps who. ate. find. borrowed might. pretty. dance. dances sneaky ' +
      'blame. joke. jokes funny. loser. winner. ready. eyes. kiss. pillow snowball splash wet. boo. psst accidentally innocent candy',
    phrases:
      'catch me, if you can, guess who, guess what, guess where, guess which, bet you, i bet, i dare you, dare you to, double dare, ' +
      "well well, you wish, in your dreams, finders keepers, tag you, you're it, you are it, last one, race you, i'll race, " +
      "try and stop me, try and catch, can't catch me, cannot catch me, wouldn't you like to know, would not you like to know, " +
      "wouldn't you like, that's for me to know, i will never tell, i'll never tell, never tell, my lips are, who ate, who took my, " +
      'was it you, maybe it was, maybe i, maybe you, or maybe, or did i, maybe i did, or maybe not, i wonder if, i wonder who, i wonder what, wonder whose, ' +
      'close your eyes, no peeking, do not peek, eyes closed, pick a hand, which hand, say please, say the magic, magic word, what will you give, ' +
      'give me one, hide and seek, ready or not, here i come, come and get, come and find, just kidding, only joking, only teasing, ' +
      'somebody has, someone has a, someone is in, i saw you, a little bird, are you ticklish, your nose, your hat, borrowed your, got your, oops, not telling, uh oh, first one to',
  },
};
