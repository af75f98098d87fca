// The bodies of Boost.JSON's functions, compiled once for the whole program.
#include <boost/json/src.hpp>
