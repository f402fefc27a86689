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
      'happ joy delight wonderful glad. overjoy thrill love. loved. loving celebrat hooray hurray yay fantastic marvel ' +
      'bliss cheer glorious splendid magnificent ecstatic elated rejoic grateful blessed triumph wedding married ' +
      'engaged hallelujah woohoo terrific awesome wonderfully loving. yay. yippee excit',
    weak:
      'great. good. nice. beautiful perfect thank smile laugh enjoy win. won. winning friend fun. sweet lucky party ' +
      'brilliant welcome congratul dream sunshine best. lovely excite alive. hug. hugs kiss dance dancing sing. singing ' +
      'song. stars. birthday. gift. present. presents finally. proud home. together. hope. hopes. victory success ' +
      'succeeded champion holiday paradise heaven. free. freedom spring. summer. baby. born. safe. forever. healed ' +
      'recovered gorgeous treasure feast. reunited yes. cake. rainbow prettiest smiling friends. parties dream. dreams. ' +
      'newborn hugs. dance. dancer feast toast. gifts. cured bloom. blossom sunrise delicious homecoming rescued ' +
      'champions. medal. trophy record. gold. laughter answering treasure. jackpot bingo. cheers. grandchild grandkids',
    phrases:
      'we did it, i did it, you did it, he did it, she did it, said yes, came back, you are back, we made it, ' +
      'you made it, i made it, it worked, it works, getting married, have waited, been waiting for this, so proud of, ' +
      "can not wait, cannot wait, can't wait, all my life, my whole life, dreams come true, dream come true, " +
      'good to see you, so good to, nothing could be better, never been happier, on top of the world, look at the, ' +
      'the war is over, it is a boy, it is a girl, a boy, at last, what a beautiful, what a lovely, what a day, ' +
      'best day, thank you so much, thank god, thank heavens, passed the exam, got the job, i got in, she said yes, ' +
      "he said yes, she is alive, she's alive, he's alive, they're alive, you're alive, so good to see you, " +
      "you came back, come here you, best * ever, look at that view, look at you, i got the, can't stop smiling, " +
      "could dance, for the first time in, never felt * better, thank the, drinks are on me, it's over we, i passed, " +
      "we are going home, we're going home, first steps, just in time, smells like, every * in bloom, coming home, " +
      "drinks are on, rounds on me, you're free, we're free, a free man, they can hear us, is answering, over the moon",
  },
  sadness: {
    strong:
      'sad. sadness sadly. grief griev mourn heartbroken heartbreak sorrow weep wept miserable lonel lonesome depress ' +
      'tears. hopeless sobbing sobbed despair funeral orphan widow farewell unloved abandoned forsaken homesick ' +
      'melanchol coffin tombstone grave. graves. gravestone',
    weak:
      'miss. missed misses missing lost. lose. losing gone. goodbye alone cry crying cried died dying dead. death ' +
      'never. sorry regret empty broken leave. leaving left. hurt hurts tired pity forgotten forgot. buried without ' +
      'over. anymore silence graves nobody used. since. remember. remembered faded fading grey. gray. rain. raining ' +
      'failed failure why. gave. last. late. ashes. away. passed photograph memories memory unanswered ended wither ' +
      'alas wish. loss. cry. bury silence. quiet. remember wished too. ashes winter picture. chair. letting fail. ' +
      'failing hollow forget ache. aching years. once. outlive outlived empty.',
    phrases:
      'used to, no one left, nobody left, no one came, nobody came, nobody remembered, no one remembered, ' +
      "never came back, not coming back, isn't coming back, won't come back, is not coming back, will never, too late, " +
      'without you, without him, without her, without them, nothing left, there is nothing left, gave up, give up, ' +
      "can't go on, cannot go on, passed away, since he went, since she left, since you left, since he left, " +
      'since he died, since she died, all my fault, let you down, wish i had, wish you were, if only, so silent, ' +
      'so quiet since, never got to, never said, one last time, the last time i saw, does not matter anymore, ' +
      "doesn't matter anymore, all alone, by myself, on my own, no longer, what is the point, what's the point, " +
      "do not want to live, empty chair, should have been there, could not save, couldn't save, i failed, " +
      "did not make it, didn't make it, do not love me, does not know me, never come back, never coming back, no point, " +
      "i wish i had, i wish i could, i wish i'd, i should have, we should have, should have been, could have saved, " +
      'let him down, let her down, let them down, still set, still hear, still smell, still keep, still wear, ' +
      'her favourite, her favorite, his favourite, his favorite, never told, never came, never remembered, ' +
      "all that is left, all that's left, all i have left, in my arms, last thing * said, last words, " +
      "can't do this anymore, don't want to be here, since he, since she, since they, hold my hand, just tired, " +
      'so tired, my fault, it was my, gave out, anyone left, not one person, nobody asked, no one asked, ' +
      "don't have the heart, didn't have the heart, were supposed to, was supposed to, every evening, what's the use, " +
      'what is the use, closes on, our last, your last, my last, the last of, for nothing',
  },
  anger: {
    strong:
      'angry anger furious rage hate. hated hates damn bastard infuriat outrag fury enraged livid bloody. scoundrel ' +
      'backstab unforgiv goddamn unacceptable blasted hypocrit swine coward. cowards thief. thieves vermin anger. ' +
      'angrily rage. raging damned damnit traitor hell. bloody scum',
    weak:
      'stop. enough. shut. liar lied lying betray fool idiot stupid blame fault dare. out. fight kill how. revenge ' +
      'cheat insult sick. shame ruin warned never. get. broke. stole. steal robbed murder slap punch smash. pay. told. ' +
      'hundred. thousand. again. touch. move. hands. listen. excuse excuses promise. promised wrong. unfair unjust ' +
      'nerve. disobey ungrateful selfish worthless rotten mess. demand order. ordered forbid fired. sacked lies. lie. ' +
      'swear patience burn. crush destroy throat mine. liars fool. fools kill. killed vengeance shame. away. promises. ' +
      'stole stealing thief coward tell. every. always. excuses. answer. now. trust. trusted rip. smash sworn orders. ' +
      'ignored insubordin sat.',
    phrases:
      'how dare, how could you, how could he, how could she, how could they, how many times, i told you, told you a, ' +
      'hundred times, thousand times, last time i, get out, go to hell, to hell with, shut up, shut your, stop it, ' +
      "stop that, leave me alone, had enough, have enough of, i've had it, that is enough, that's enough, sick of, " +
      "fed up, tired of your, hands off, don't you dare, do not you dare, don't touch, do not touch, keep your hands, " +
      'you promised, you lied, you knew, all your fault, your fault, look what you, what have you done, what did you do, ' +
      'you ruined, you broke, you betrayed, you will pay, pay for this, pay for that, before i, out of my, get off, ' +
      "who do you think, i don't care what, i do not care what, none of your business, mind your own, i want my money, " +
      'give it back, give that back, my own brother, behind my back, in my house, you had no right, no right to, ' +
      'not fair, let go of, answer me, look at me when, out of my sight, you never listen, are you deaf, are you blind, ' +
      'are you out of your mind, do as i say, get your hands, get away from, back off, stay away from, stay out of my, ' +
      'i warned you, i trusted you, you stole, you took, you left, you killed, you sold, you people, ' +
      "what is wrong with you, what's wrong with you, who do you think you are, a hundred times, a thousand times, " +
      "one more word, one more time, sick and tired, had it with, that is it, that's it, make you pay, you'll pay, " +
      'to my brother, to my family, my own, look me in the eye, say that again, say it again, on purpose, ' +
      "don't you walk away, do you have any idea, i will tear, i'll tear, i will break, i'll break, and you just, " +
      'no more, come out and, you let him, you let her, you let them, you ignored, i gave * order, a direct order, ' +
      'i want a name, i want it now, i want answers, because of you, are dead because, who did this, who touched, ' +
      'get off my, on my watch, three weeks, walk away, off my land',
  },
  fear: {
    strong:
      'afraid scared fear. fears frighten fright terrified terror horrified panic dread petrified haunted creepy ' +
      'nightmare shiver shudder spooky eerie hostage terrifying horror',
    weak:
      'help. run. hide. hiding hid. danger monster dark. darkness behind careful quiet. scream trapped please. trembl ' +
      'shaking ghost blood bleeding worr nervous heard. watching escape threat footsteps shadow. shadows lock. locked ' +
      'door. stairs. noise. noises cellar basement whisper alone. teeth. claws eyes. wolf. wolves bear. snake spider ' +
      'knife. gun. guns. attack poison fire. drown falling fall. edge closer. follow following followed found. finds. ' +
      'creature. inside. outside. lights. move. still. breathing stuck stranger cursed curse. doomed die. killer. ' +
      'beast. growl howl bite. screaming blood. noises. footsteps. shadows. whispers. locked. breath. breathe. ' +
      'breathing. moving. moved something. someone. somebody find. finds close. knife claws. dying oxygen light. ' +
      'corridor hatch. hurry. down. phone. stay. flashlight torch. batteries. scratching knocking barricade',
    phrases:
      'do not move, stay behind me, stay close, stay quiet, keep quiet, be quiet, very quiet, do not make a, ' +
      "not a sound, make a sound, did you hear, did you see that, what was that, who's there, who is there, " +
      "is someone there, is anybody there, there's something, there is something, there's someone, there is someone, " +
      'something moved, something move, someone is following, it has seen, they have seen, it found us, they found us, ' +
      'finds us, find us, found us, behind the wall, behind the door, behind you, behind us, in the dark, on the stairs, ' +
      "in the walls, under the bed, it's coming, it is coming, they're coming, they are coming, he's coming, " +
      "he is coming, she is coming, don't let it, do not let it, don't let them, don't let him, do not let them, " +
      'do not let him, let me go, get me out, get us out, we have to go, we have to get, we need to get out, ' +
      "can't breathe, cannot breathe, i can not breathe, what if it, what if they, what if he, what if she, " +
      "going to die, gonna die, don't hurt, do not hurt, don't leave me, do not leave me, my heart is, is it gone, " +
      'are they gone, lock the door, did you lock, the lights went, went out, getting closer, coming closer, too high, ' +
      'look down, the ice is, it will break, hold on to me, it is breathing, do you hear, can you hear, ' +
      "what is that sound, what's that sound, what is that noise, is anyone there, something is, something's, " +
      "someone is, someone's, something in the, something behind, behind the, the lights just, it has seen us, " +
      "it sees us, it can hear, they can hear, it knows, coming for us, coming for me, don't move, do not breathe, " +
      "don't breathe, do not go, don't go in, don't let go, keep your voice down, we have to get out, let me out, " +
      "please please, please no, oh god, oh no, won't open, will not open, it's locked, can't move, can't see, " +
      "can't feel, can't stop shaking, i don't want to, i do not want to, what if, they're everywhere, " +
      "they are everywhere, it is still, it's still, my hands, not alone",
  },
  disgust: {
    strong:
      'disgust gross. revolt. revolting vile repuls nause loath sicken yuck yucky filthy filth foul. foulest ew. eww. ' +
      'ugh. gag. gagging retch puke. puked pukes vomit putrid rancid maggot cockroach stench mouldy moldy slimy pus. ' +
      'snot. hideous vile. yuck. yuk. blech bleh. eugh. ick. icky yech. phew.',
    weak:
      'rotten stink stinks stinking smell smells smelled slime rot. rotting dirty mould mold rat. rats. spit taste. ' +
      'tastes tasted eat. garbage rubbish. sewer nasty sour. crawl crawls crawling worm worms fly. flies. lice fleas ' +
      'dead. sweat sweaty toilet. armpit mud. swamp greasy sticky hair. soup. milk. meat. toenail socks. underwear ' +
      'wash. washed bugs. bug. leech licked lick. chew swallow mouth. drool burp fart spoiled lump lumps dripping fur. ' +
      'unwashed puddle bin. stain stained leftover wet. toad. guts raw. reek reeks slimed eating ate. puke worms. roach ' +
      'roaches toilet guts. hairy swamp. corpse carcass fungus moist. snot chewed chewing chunks. lumpy stew. sock. ' +
      'bath. bucket. touch. touched skin. floating jars. toe. fish. soft. furry. oozing ooze bile innards intestines ' +
      'tongue. tongues. scab wart mucus sneezed sweat. sniff. leaking',
    phrases:
      'gone sour, gone bad, gone off, gone mouldy, crawls in, crawling in, crawling out, dead rat, dead mouse, ' +
      'dead fish, take that off, get that off, get that away, take it away, take that away, off my table, off my plate, ' +
      'in my soup, in my food, in the food, do not touch that, you expect me to eat, expect me to eat, did not wash, ' +
      'never washed, never washes, makes me sick, make me sick, going to be sick, going to throw up, throw up, ' +
      'turns my stomach, my stomach, what is that smell, that smell, smells like, smells of, tastes like, full of worms, ' +
      'full of flies, covered in, with your mouth, pick your nose, picks his nose, picking his nose, his feet, ' +
      'your feet, i stepped in, stepped in something, in the sink, in the drain, in the bathtub, still alive in, ' +
      "out of the bin, from the bin, off the floor, has not bathed, it is warm and, what's that smell, is that a, " +
      'get it off, get that thing away, take that * off, gonna be sick, gonna throw up, i think i stepped, stepped in, ' +
      "i would rather starve, not touching that, not eating that, i'm not eating, don't make me touch, in my mouth, " +
      'on my boots, in my hair, between its teeth, crawls in it, something crawl, it is moving, wash my, scrub my, ' +
      'you ate, you eat that, you put that, who eats, i need some air, need some air, you drank, gone soft, ' +
      "heads behind, in jars, it's breathing, it's still warm, still warm, still moving, i can taste, been dead for, " +
      'under my nails, on my tongue, you licked',
  },
  surprise: {
    strong:
      'surpris astonish unbelievab incredib wow. whoa. woah unexpected shock amaz astound stunned speechless gosh. ' +
      'goodness. blimey gracious flabbergast startl heavens. shock. shocked shocking huh.',
    weak:
      'what. really. suddenly impossible believe. believ serious. seriously imagine imagined already wait. oh. you. ' +
      'here. know. idea. guess expected since. when. how. actually. twins. father. mother. brother. sister. big. huge. ' +
      'alive. truly. kidding. million. disappeared vanished appeared nowhere secret. real. whole. knew. ever. dollars. ' +
      'pounds. twice. thought. all. actual actually entire twin exists talking. talks. talk. fly. flies. thousand ' +
      'hidden. never. dead.',
    phrases:
      'no idea, had no idea, i had no, never knew, i did not know, i did not expect, did not see that coming, ' +
      "never expected, who knew, who would have thought, who'd have thought, wait a, wait you, wait what, wait are you, " +
      "what on earth, what in the, you are my, you're my, you are the, you mean, are you serious, are you kidding, " +
      "you are kidding, you must be joking, no way, it can not be, it cannot be, that can not be, can't be, " +
      "that's impossible, that is impossible, is that really, is that you, is it really, is this really, " +
      'where did you come from, where did that come from, how did you, how did it, how is that, how is it possible, ' +
      'since when, you can talk, it talks, it spoke, it moved by, you did all, all of this, all this time, ' +
      'after all these years, out of nowhere, just like that, just appeared, just vanished, just disappeared, ' +
      'i thought you were, thought you were, never seen anything, never seen such, was that big, that big, that much, ' +
      'that many, oh my, my goodness, good heavens, of all people, of all places, did you just, was that you, for me, ' +
      "hold on, wait a minute, wait a second, oh my god, oh my goodness, you're the, i had no idea, i never knew, " +
      "i never thought, i never believed, did not expect, didn't expect, didn't see that coming, where did * come from, " +
      'how did that, how is this, cannot be, it can talk, are you telling me, you did what, he did what, she did what, ' +
      'they did what, you were here, this whole time, all along, thought you were dead, thought he was dead, ' +
      'thought she was dead, supposed to be dead, well i never, would you look at, that was you, it was you, ' +
      'already here, did that, did it just, did he just, did she just, did that just, a secret door, a hidden, ' +
      "good grief, good lord, heavens, i'll be, you've grown, walked straight past, they're surrendering, " +
      "nobody's written, you can see me, it opened, wasn't there before, not possible, that's not possible, " +
      "never in my life, fell out, well i'll be",
  },
  contempt: {
    strong:
      'pathetic contempt despise beneath worthless laughable ridiculous scorn sneer mediocr inferior peasant simpleton ' +
      'imbecile pitiful buffoon commoner nitwit dimwit charlatan incompeten unimpress insignificant peasants. weakling ' +
      'mediocre',
    weak:
      'amateur typical obviously course. sure. whatever little. dare. bother nobody. boring useless expect spare ' +
      'congratulations. clever. small. call. yourself. king. hero. genius. brave. child. children. toy. toys. cute. ' +
      'adorable. servant fool. fools. kind. sort. merely only. such. try. tried trying attempt impressive. truly. ' +
      'quaint waste. beggar barely cheap. people. fashion. taste. understand. explain. slow. slowly. simple. poor. ' +
      'joke. clown lesser. suppose. please. surprise. amateurs. obviously. expect. expected spare. precious. quaint. ' +
      'charming. effort. honestly. really. rookie. boy. kid. beg. begging kneel. servants. wasting heroes. army. plan. ' +
      'mess. weak. failure failures. imagine. disappointing disappoint embarrass unworthy mistake. smarter. everyone. ' +
      'village. farm. dirt. mud. consistent assume assumed tidy. adequate. second. shame. bargain plaything',
    phrases:
      'call yourself, calls himself, calls herself, call this a, call that a, you call this, you call that, ' +
      'such a small, such small, such a little, little man, small man, people like you, your kind, your sort, ' +
      'the likes of you, someone like you, is that all, is that the best, that the best you, best you can do, ' +
      'all you have, all you can, how quaint, how cute, how sweet, how very, how original, how brave, how clever, ' +
      'of course you, as if you, as if i, as if anyone, what do you know, what would you know, you would not understand, ' +
      "you could never, you never could, wouldn't understand, i expected nothing, expected nothing, expected more, " +
      'waste of time, waste of my, waste of space, not worth, hardly worth, worth my, a child could, my dog could, ' +
      'my grandmother could, any fool, even a fool, even you, even a child, spare me, if you say so, good for you, ' +
      "do try, try to keep up, keep up if, don't make me laugh, do not make me laugh, i suppose that is, i suppose you, " +
      'for someone like, in that dress, in those shoes, did your mother, does your mother, you people, you amuse me, ' +
      'who let you, who let him, and you are, bless your heart, call yourselves, is this all, is that your, ' +
      "that is your plan, that's your plan, men like you, beneath me, waste of, waste my time, wasting my time, " +
      "isn't worth, worth my time, how adorable, how precious, how charming, run along, go back to, crawl back, " +
      'oh please, keep up, did you really think, you really think, do you really think, did you honestly, you honestly, ' +
      'you actually thought, you actually think, you thought you, i expected, for someone, what did you expect, ' +
      'what else would, of course he, of course she, of course they, bless your, should be grateful, know your place, ' +
      'my servants, my dog, my horse, even my, seen better, could do better, do better, another * like you, ' +
      "you wouldn't understand, wouldn't expect you, would not expect you, don't flatter yourself, " +
      "do not flatter yourself, at least you're, at least you, suits you, i assume, with your feet, " +
      "with your eyes closed, did you draw, did your, in my day, my grandmother, i've scraped, i have scraped, " +
      'off my boot, off my shoe, do go on, how generous, is this supposed to, was that supposed to, supposed to impress, ' +
      'i almost feel sorry, nearly impressed, almost impressed, you may go',
  },
  playful: {
    strong:
      'tease teasing playful mischie wink. winks naughty silly tickl joking kidding prank giggle hehe heehee peekaboo ' +
      'slowcoach slowpoke tag. rascal nincompoop wiggle tease. teased winking silly. gotcha dibs. nyah psst.',
    weak:
      'bet. secret catch. game. games. guess guesses trouble ha. haha maybe. hmm. race race. chase chased dare. trick ' +
      'cheeky darling peek surprise. again. wonder. puppy. kitten. pie. cookie cookies cake. hid. hide. seek. shoes. ' +
      'nose. hat. tongue. pants. banana ticklish monkey well. cannot. perhaps who. ate. find. borrowed might. pretty. ' +
      'dance. dances sneaky blame. joke. jokes funny. loser. winner. ready. eyes. kiss. pillow snowball splash wet. ' +
      'boo. psst accidentally innocent candy secret. guess. hm. trick. darling. borrow cookie. cookies. candy. puppy ' +
      'kitten cat. last. rotten. buys. fair. fun. handsome. oops. careful. closer. sneak sneaking stole. steal. hiding ' +
      'oh. pockets. pocket. frog. rubber. promise. grumpy sleepyhead champ. partner. sweetheart. trousers boss. ' +
      'captain.',
    phrases:
      'catch me, if you can, guess who, guess what, guess where, guess which, bet you, i bet, i dare you, dare you to, ' +
      "double dare, well well, you wish, in your dreams, finders keepers, tag you, you're it, you are it, last one, " +
      "race you, i'll race, try and stop me, try and catch, can't catch me, cannot catch me, wouldn't you like to know, " +
      "would not you like to know, wouldn't you like, that's for me to know, i will never tell, i'll never tell, " +
      'never tell, my lips are, who ate, who took my, was it you, maybe it was, maybe i, maybe you, or maybe, or did i, ' +
      'maybe i did, or maybe not, i wonder if, i wonder who, i wonder what, wonder whose, close your eyes, no peeking, ' +
      'do not peek, eyes closed, pick a hand, which hand, say please, say the magic, magic word, what will you give, ' +
      'give me one, hide and seek, ready or not, here i come, come and get, come and find, just kidding, only joking, ' +
      'only teasing, somebody has, someone has a, someone is in, i saw you, a little bird, are you ticklish, your nose, ' +
      "your hat, borrowed your, got your, oops, not telling, uh oh, first one to, catch me if you can, bet you can't, " +
      'last one to, loser buys, loser has to, guess again, want to know a secret, wanna know, would you like to know, ' +
      "maybe maybe not, somebody has been, somebody's been, someone's been, someone has been, did you miss me, miss me, " +
      'you know you, admit it, you love it, come on, well well well, my my, look who, look what i, look who finally, ' +
      "tell anyone, don't tell, do not tell, i won't tell, our little secret, pick a, trade you, i'll trade, " +
      "i'll give you a hint, give you a hint, double or nothing, too slow, is that a blush, are you blushing, your face, " +
      'the look on your, nice hat, nice try, not even close, who took, i may have, i might have, whoever, pretty please, ' +
      'cross my heart, scaredy cat, sleepy head, just a little, one tiny, wait for it, getting along, in your pocket, ' +
      'swapped, i swapped, oh you noticed, you noticed, your move, i won that, cheater, so nicely, lost a bet, ' +
      'what do i get, say it nicely, hands up who',
  },
};
