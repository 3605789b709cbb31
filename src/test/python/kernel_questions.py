# Questions by which a notebook might tell how its kernel was started, a cell each. KernelEqualityIT asks them of fresh and
# of forked kernels and compares what is printed; so an answer must not hold what differs between any two kernels.

# %% libraries
import asyncio, atexit, concurrent.futures, faulthandler, gc, inspect, locale, logging, multiprocessing, os, pathlib, platform
import random, resource, secrets, signal, socket, sqlite3, subprocess, sys, sysconfig, tempfile, threading, time, types
import uuid, warnings
import matplotlib
import matplotlib.pyplot as plt
import numpy
import pandas
print(matplotlib.__version__, numpy.__version__, pandas.__version__)

# %% random numbers
print(len({random.random() for _ in range(9)}), random.getstate()[0], random.getstate()[2], len(numpy.random.get_state()))
random.seed(7); numpy.random.seed(7)
print(random.random(), numpy.random.random(), numpy.random.default_rng(7).random(), secrets.choice([1]))

# %% uuid and temporary names
print(uuid.uuid4().version, uuid.uuid1().version, tempfile.gettempdir(), tempfile.tempdir, tempfile.template)
print(len(next(tempfile._get_candidate_names())))

# %% process
print(os.getpid() == os.getpgid(0) == os.getsid(0), os.getppid() == int(os.environ["JPY_PARENT_PID"]), os.nice(0), oct(os.umask(0o22)))

# %% working directory and paths
print(os.getcwd() == str(pathlib.Path.cwd()) == os.environ.get("PWD", os.getcwd()) or os.path.basename(os.getcwd()) != "")
print(_dh == [type(_dh[0])(os.getcwd())], get_ipython().starting_dir == os.getcwd())
print([path for path in sys.path], sys.prefix, sys.base_prefix, sys.executable)

# %% arguments
print([os.path.basename(word).replace("kernel-", "").lstrip("0123456789") for word in sys.argv])
print([os.path.basename(word).replace("kernel-", "").lstrip("0123456789") for word in getattr(sys, "orig_argv", [])])
print(sys.flags, sys._xoptions, sys.warnoptions, sys.dont_write_bytecode, sys.pycache_prefix)

# %% environment
print(sorted((name, value) for name, value in os.environ.items() if name not in ("JPY_PARENT_PID", "CAMEL_NOTEBOOK_KERNEL", "PYTHONPATH")))
print(len(os.environ["PYTHONPATH"].split(":")), type(os.environ._data).__name__, os.environ["CAMEL_NOTEBOOK_KERNEL"].count("."))

# %% environment of a child
print(subprocess.run(["sh", "-c", "env | cut -d= -f1 | sort | grep -v '^_$'"], capture_output=True, text=True).stdout)

# %% locale, encodings and time zone
print(locale.getlocale(), locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding(), sys.stdin.encoding, sys.__stdout__.encoding)
print(time.tzname, time.timezone, time.localtime(0)[:6])

# %% hash seed
print(sys.flags.hash_randomization, os.environ.get("PYTHONHASHSEED"), hash(1), hash(None) == hash(None))

# %% signal handlers
print({number.name: str(signal.getsignal(number)).split(" at ")[0] for number in signal.Signals})
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(signal.ITIMER_REAL))
wakeup = signal.set_wakeup_fd(-1); print(wakeup >= 0); _ = signal.set_wakeup_fd(wakeup)

# %% signals that a child is started with
print(subprocess.run(["grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"], capture_output=True, text=True).stdout)

# %% open files
def kind(target):
    return target.split(":")[0] if ":" in target else os.path.basename(target).lstrip("kernel-0123456789")
def opened(number):
    try:
        return kind(os.readlink(f"/proc/self/fd/{number}"))
    except OSError:
        return "the listing"
print([opened(number) for number in (0, 1, 2)] if False else sorted(opened(n) for n in os.listdir("/proc/self/fd")))

# %% standard streams
print(sys.stdin.read(), sys.stdin.isatty(), sys.__stdin__ is sys.stdin, type(sys.stdout).__name__, type(sys.__stdout__).__name__)
print(sys.__stdout__.line_buffering, sys.__stderr__.line_buffering, sys.__stdout__.errors, sys.__stderr__.errors)
print(sys.__stdout__.fileno(), sys.__stderr__.fileno(), sys.stdout.isatty())

# %% output of other programs
_ = os.system("echo from the shell; echo bad >&2")
time.sleep(0.5)

# %% threads
print(sorted(type(thread).__name__ for thread in threading.enumerate()), threading.main_thread().ident == threading.get_ident())

# %% threads of one's own
print(threading.current_thread().name, threading.Thread().name.split("-")[0], threading.stack_size(), sys.getswitchinterval())

# %% stack
print([frame.function for frame in inspect.stack() if "site-packages/ipykernel/" in frame.filename and frame.function != "<module>"])
print(sys.getrecursionlimit(), len(inspect.stack(0)))

# %% context of an error
try:
    1 / 0
except ZeroDivisionError as e:
    print(e.__context__, e.__cause__, sys.exc_info()[0])

# %% error
def divide(a):
    return a / 0
divide(1)

# %% main module
import __main__
print(__main__.__name__, __main__.__spec__, getattr(__main__, "__file__", None), __main__.__doc__, type(__main__))
print(sorted(name for name in vars(__main__) if name.startswith("_") and not name.strip("_").lstrip("i").isdigit()))
print(__name__, sys.modules["__main__"] is __main__)

# %% ipython
ip = get_ipython()
print(type(ip), type(ip.kernel), type(ip.parent), ip.parent is ip.kernel, ip.kernel.parent.__class__, ip.kernel.shell is ip)
print(ip.execution_count > 1, len(In) == ip.execution_count, sorted(key for key in Out), ip.history_manager.hist_file, ip.history_manager.session_number)
print(ip.config == ip.kernel.parent.config, {section: sorted(values) for section, values in ip.config.items()})
print([type(item).__name__ for item in ip.configurables], sorted(ip.events.callbacks), {e: len(c) for e, c in ip.events.callbacks.items()})
print(sorted(ip.magics_manager.lsmagic()["line"]), len(ip.magics_manager.lsmagic()["cell"]))
print(ip.kernel.parent.connection_file == ip.kernel.parent.argv[1], ip.kernel.parent.parent_handle == os.getppid(), ip.kernel.parent.extra_args)
print(ip.profile_dir.location, ip.ipython_dir, ip.colors, ip.autoawait, ip.loop_runner)

# %% display formatters
print({name: (len(f.type_printers), sorted(str(k) for k in f.deferred_printers)) for name, f in ip.display_formatter.formatters.items()})

# %% matplotlib
print(plt.get_backend(), plt.get_fignums(), plt.isinteractive(), matplotlib.get_configdir(), matplotlib.style.available[:3])
print(sorted(matplotlib.rcParams.items()))

# %% figure
figure, axes = plt.subplots()
axes.plot([1, 2, 4], label="text"); axes.legend(); axes.set_title("$x^2$")
print(figure.number, figure.canvas)
plt.show()

# %% pandas options
def options(tree, prefix=""):
    for name in sorted(dir(tree)):
        value = getattr(tree, name)
        if type(value).__name__ == "DictWrapper":
            yield from options(value, prefix + name + ".")
        else:
            yield prefix + name, value
print(list(options(pandas.options)))

# %% numpy settings
print(numpy.geterr(), sorted(numpy.get_printoptions().items(), key=str), numpy.random.get_state()[0])

# %% table
pandas.DataFrame({"a": [1.5, None], "b": ["x", "ü"]}).describe(include="all")

# %% read and group
import io
pandas.read_csv(io.StringIO("a,b\n1,x\n2,x\n3,y")).groupby("b").sum()

# %% multiprocessing state
print(multiprocessing.current_process(), multiprocessing.get_start_method(allow_none=True), multiprocessing.active_children(), multiprocessing.parent_process())
print(len(multiprocessing.current_process().authkey), multiprocessing.current_process().pid == os.getpid())

# %% multiprocessing by fork
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))

# %% multiprocessing by spawn
with multiprocessing.get_context("spawn").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))

# %% multiprocessing by forkserver
with multiprocessing.get_context("forkserver").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))

# %% executors
with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
    print(list(pool.map(abs, [-3])))
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-3])))

# %% subprocess
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.path[1:], sys.flags)"], capture_output=True, text=True).stdout)

# %% own fork
pid = os.fork()
if pid == 0:
    os._exit(5)
print(os.waitpid(pid, 0)[1] >> 8)

# %% asyncio
print(type(asyncio.get_event_loop()).__name__, type(asyncio.get_event_loop_policy()).__name__, asyncio.get_event_loop().get_debug())
await asyncio.sleep(0.01)
print(await asyncio.gather(asyncio.to_thread(abs, -1), asyncio.sleep(0.01, "slept")))

# %% asyncio subprocess
child = await asyncio.create_subprocess_exec("echo", "said", stdout=asyncio.subprocess.PIPE)
print((await child.communicate())[0], child.returncode)

# %% faulthandler
print(faulthandler.is_enabled(), faulthandler.enable.__module__)

# %% limits
print({name: resource.getrlimit(getattr(resource, name)) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")})

# %% warnings filters
print([(action, str(message), category.__name__, str(module), line) for action, message, category, module, line in warnings.filters])
warnings.warn("careful"); warnings.warn("old", DeprecationWarning)
print(warnings.showwarning.__module__, warnings.defaultaction)

# %% logging
print(logging.root.handlers, logging.root.level, logging.getLevelName(logging.getLogger("tornado").level), logging.lastResort)
print(sorted(name for name, logger in logging.root.manager.loggerDict.items() if getattr(logger, "handlers", None)))
logging.warning("logged")

# %% garbage collector
print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.callbacks)

# %% hooks
print(sys.excepthook.__qualname__, sys.displayhook.__class__.__name__, sys.unraisablehook, threading.excepthook, sys.gettrace(), sys.getprofile())
print([getattr(f, "__name__", type(f).__name__) for f in sys.meta_path], len(sys.path_hooks), sys.breakpointhook.__module__)
print([path for path in sys.path_importer_cache if "camel-notebook" in path and "server" in path], input.__self__.__class__.__name__)

# %% names of ours
print(sorted(name for name in vars(__builtins__) if "fork" in name.lower()), [name for name in globals() if "fork" in name.lower()])

# %% sqlite and sockets
print(sqlite3.connect(":memory:").execute("select 1").fetchall(), socket.getdefaulttimeout())

# %% input
try:
    input("?")
except Exception as e:
    print(type(e).__name__)

# %% module of the engine
from camel_notebook import record
record("auc", 0.5)

# %% magics
%matplotlib inline
%pwd
!echo shell
%env NO_SUCH_VARIABLE_HERE=1

# %% script magics
%%bash
echo bash; echo $NO_SUCH_VARIABLE_HERE

# %% widgets
from ipywidgets import IntSlider
print(IntSlider(3).value)
