"""The parts of the double that know Discord's rules, wired together; HTTP stands in front of them."""

from bot.clock import Clock
from bot.sandbox.double.callbacks import Callbacks
from bot.sandbox.double.clockwork import Elapsed
from bot.sandbox.double.commands import Commands
from bot.sandbox.double.events import Events
from bot.sandbox.double.files import Files
from bot.sandbox.double.gateway.gateway import Gateway
from bot.sandbox.double.guilds import Guilds
from bot.sandbox.double.interactions import Interactions
from bot.sandbox.double.messages import Messages
from bot.sandbox.double.pins import Pins
from bot.sandbox.double.resolving import Resolver
from bot.sandbox.double.state import State
from bot.sandbox.double.threads import Threads


class Core:
    """All of it but HTTP: state, gateway, servers, channels, messages, commands, interactions."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.elapsed = Elapsed(clock)
        self.state = State(clock)
        self.events = Events()
        self.files = Files(self.state.ids)
        self.gateway = Gateway(self.state, self.events)
        self.threads = Threads(self.state, self.events)
        self.messages = Messages(self.state, self.events, self.files, self.threads, self.elapsed)
        self.guilds = Guilds(self.state, self.events, self.threads, self.messages)
        self.pins = Pins(self.state, self.events, self.messages)
        self.commands = Commands(self.state, self.events)
        self.interactions = Interactions(self.state, self.gateway, Resolver(self.state, self.files), self.elapsed)
        self.callbacks = Callbacks(self.state, self.events, self.messages, self.interactions)
